using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;

namespace QuantDash.Web.Features.Locks;

/// <summary>Reads an unlock by hand: of a named lock, or of the locks of a contract. Whether they hold that much is for the engine to say.</summary>
internal static class UnlockReader
{
    public static UnlockRequest? Read(JsonFields body, EngineSnapshot snapshot, ContractCatalog catalog, DateTimeOffset now)
    {
        body.Require("legs");
        var held = ReadLock(body, snapshot);
        var (account, symbol, contract) = held is null ? ReadContract(body, snapshot, catalog, now) : (held.AccountId, held.Symbol, ContractOf(snapshot, held));
        var legs = body.Choice<UnlockLegs>("legs");
        var volume = body.Volume("volume", contract);
        if (volume is { IsZero: true }) body.Refuse("volume", "not_positive", 0m);
        var (buy, sell) = (ReadPrice(body, "long_price", contract), ReadPrice(body, "short_price", contract));
        var type = body.Choice<OrderType>("type") ?? (body.HasValue("long_price") || body.HasValue("short_price") ? OrderType.Limit : OrderType.Market);
        if (type == OrderType.Limit && legs is { } sides) RequirePrices(body, sides);
        return body.Problems.Count > 0 ? null : new(account, symbol, held?.Id, legs!.Value, volume, type, type == OrderType.Market ? null : buy, type == OrderType.Market ? null : sell);
    }

    private static PositionLock? ReadLock(JsonFields body, EngineSnapshot snapshot)
    {
        if (body.Text("lock_id") is not { } text) return null;
        if (snapshot.Locks.FirstOrDefault(held => held.Id.ToString("D").Equals(text, StringComparison.OrdinalIgnoreCase)) is { } held) return held;
        body.Refuse("lock_id", "unknown_lock", text);
        return null;
    }

    private static (AccountId Account, Symbol Symbol, Contract? Contract) ReadContract(JsonFields body, EngineSnapshot snapshot, ContractCatalog catalog, DateTimeOffset now)
    {
        if (body.HasValue("lock_id")) return default;
        body.Require("account_id", "symbol");
        var account = body.Account(snapshot);
        var contract = body.Contract(catalog, TradingFields.DayOf(snapshot, account, now));
        return (account?.Account.Id ?? default, contract?.Symbol ?? default, contract);
    }

    private static Contract? ContractOf(EngineSnapshot snapshot, PositionLock held) => snapshot.LockViews.FirstOrDefault(view => view.Lock.Id == held.Id)?.Contract;

    private static Price? ReadPrice(JsonFields body, string name, Contract? contract)
    {
        if (body.Price(name, contract) is not { } price) return null;
        if (price.Value <= 0) body.Refuse(name, "not_positive", price.Value);
        else if (contract is not null && !contract.TryTicks(price, out _))
            body.Refuse(name, "off_tick", price.Value, contract.PriceTick, contract.PriceAt(Math.Max(1, contract.TicksAtOrBelow(price))).Value);
        return price;
    }

    private static void RequirePrices(JsonFields body, UnlockLegs legs)
    {
        foreach (var side in UnlockRequest.SidesOf(legs))
        {
            var name = side == Side.Long ? "long_price" : "short_price";
            if (body.Problems.TrueForAll(problem => problem.Field != name)) body.Require(name);
        }
    }
}

/// <param name="LockId">The lock; without it account_id and symbol name the contract, whose oldest lock goes first.</param>
/// <param name="Legs">Which leg is closed.</param>
/// <param name="Volume">Of each leg; all of it when absent.</param>
/// <param name="Type">limit when a price is given, else market.</param>
/// <param name="LongPrice">Limit of the order that closes the long leg.</param>
/// <param name="ShortPrice">Limit of the order that closes the short leg.</param>
public sealed record UnlockBody(
    UnlockLegs Legs,
    Guid? LockId = null,
    string? AccountId = null,
    string? Symbol = null,
    decimal? Volume = null,
    OrderType? Type = null,
    decimal? LongPrice = null,
    decimal? ShortPrice = null);

/// <param name="Price">For a limit order; a market order without it.</param>
public sealed record MendBody(OrderType? Type = null, decimal? Price = null);

/// <param name="Volume">To adopt: all of the pair when absent.</param>
public sealed record PairBody(string AccountId, string Symbol, decimal? Volume = null);

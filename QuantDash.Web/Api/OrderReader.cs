using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Api;

/// <summary>Reads an order by hand; whether the leg holds that much is for the engine to say.</summary>
internal static class OrderReader
{
    /// <param name="body">What came.</param>
    /// <param name="snapshot">Knows the accounts.</param>
    /// <param name="catalog">Knows the contracts.</param>
    /// <param name="now">Settles short spellings.</param>
    /// <param name="usual">What an order without an action is; null: the action is required.</param>
    public static OrderRequest? Read(JsonFields body, EngineSnapshot snapshot, ContractCatalog catalog, DateTimeOffset now, OrderPurpose? usual = null)
    {
        body.Require("account_id", "symbol", "direction", "volume");
        if (usual is null) body.Require("action");
        var account = body.Account(snapshot);
        var contract = body.Contract(catalog, TradingFields.DayOf(snapshot, account, now));
        var action = body.Choice<OrderPurpose>("action") ?? usual;
        var direction = body.Choice<Side>("direction");
        var volume = body.Volume("volume", contract);
        if (volume is { IsZero: true }) body.Refuse("volume", "not_positive", 0m);
        var type = body.Choice<OrderType>("type") ?? (body.HasValue("price") ? OrderType.Limit : OrderType.Market);
        var price = ReadPrice(body, type, contract);
        var time = body.Choice<TimeInForce>("time_in_force") ?? TimeInForce.Day;
        return body.Problems.Count > 0 ? null : new(account!.Account.Id, contract!.Symbol, action!.Value, direction!.Value, volume!.Value, type, price) { TimeInForce = time };
    }

    private static Price? ReadPrice(JsonFields body, OrderType type, Contract? contract)
    {
        if (type == OrderType.Limit && body.Problems.TrueForAll(p => p.Field != "price")) body.Require("price");
        if (body.Price("price", contract) is not { } price || type == OrderType.Market) return null;
        if (price.Value <= 0) body.Refuse("price", "not_positive", price.Value);
        else if (contract is not null && !contract.TryTicks(price, out _))
            body.Refuse("price", "off_tick", price.Value, contract.PriceTick, contract.PriceAt(Math.Max(1, contract.TicksAtOrBelow(price))).Value);
        return price;
    }
}

/// <param name="AccountId">Our id, or the venue's.</param>
/// <param name="Action">open, close, or lock (opens the opposite leg).</param>
/// <param name="Direction">The leg that is opened, closed or locked.</param>
/// <param name="Type">limit when a price is given, else market.</param>
/// <param name="TimeInForce">day unless said otherwise; fak (fill and kill) and fok (fill or kill) need a price and an exchange that has them.</param>
public sealed record OrderBody(
    string AccountId, string Symbol, OrderPurpose Action, Side Direction, decimal Volume, OrderType? Type = null, decimal? Price = null, TimeInForce TimeInForce = TimeInForce.Day);

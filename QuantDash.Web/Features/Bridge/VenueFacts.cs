using System.Text;
using System.Text.Json;
using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Bridge;

/// <summary>What a program beside the counter tells of it (positions, trades, funds, ticks), however it came: over HTTP, the socket or a table.</summary>
public sealed class VenueFacts(TradingRuntime runtime, ContractCatalog catalog, TimeProvider clock)
{
    private const int MostTrades = 5000;

    public Task<Outcome<SnapshotAnswer>> TakePositionsAsync(JsonFields body, EngineSnapshot snapshot, AccountView account, CancellationToken stop) =>
        SnapshotReader.TakeAsync(body, account, runtime, catalog, DayOf(snapshot, account), stop);

    public async Task<Outcome<TradesAnswer>> TakeTradesAsync(JsonFields body, EngineSnapshot snapshot, AccountView? account, CancellationToken stop)
    {
        body.Require("trades");
        var day = DayOf(snapshot, account);
        var trades = (body.Objects("trades", MostTrades) ?? []).Select(trade => ReadTrade(trade, day)).OfType<ToldTrade>().ToList();
        return await TakeAsync(
            body, at => at.Engine.TakeTrades(account!.Account.Id, trades, at.Now),
            taken => new TradesAnswer(taken.Booked, taken.Repeated, [.. taken.UnknownIds.Select(id => id.Value)]), stop);
    }

    public async Task<Outcome<FundsToldAnswer>> TakeFundsAsync(JsonFields body, AccountView? account, CancellationToken stop)
    {
        body.Require("timestamp", "balance");
        var (timestamp, balance) = (body.Time("timestamp"), body.Number("balance"));
        body.Number("available");
        body.Number("margin");
        var currency = body.Text("currency");
        if (account is not null && currency is not null && currency != account.Account.Currency.Code)
            body.Refuse("currency", "not_allowed", currency, new[] { account.Account.Currency.Code });
        return await TakeAsync(
            body, at => at.Engine.TakeFunds(account!.Account.Id, balance!.Value, timestamp!.Value, at.Now),
            told => new FundsToldAnswer(told.Balance, told.Equity, told.Balance - told.Equity), stop);
    }

    /// <param name="body">With <c>source</c>; without one it is the account's own.</param>
    /// <param name="ticks">The array.</param>
    /// <param name="snapshot">Knows the sources.</param>
    /// <param name="account">Whose program it is.</param>
    /// <param name="stop">Gives up waiting.</param>
    public async Task<Outcome<TicksAnswer>> PushTicksAsync(JsonFields body, JsonElement ticks, EngineSnapshot snapshot, AccountView account, CancellationToken stop)
    {
        var name = body.Text("source") ?? account.Account.Source.Value;
        var source = snapshot.Sources.FirstOrDefault(known => known.Source.Name.Value == name)?.Source.Name;
        if (source is null) body.Refuse("source", "unknown_source", name);
        if (body.Problems.Count > 0) return Outcome<TicksAnswer>.Failure(body.Problems);
        var read = TickReader.Read(Encoding.UTF8.GetBytes(ticks.GetRawText()));
        return read.Succeeded
            ? Outcome<TicksAnswer>.Success(TicksAnswer.Of(await runtime.PushTicksAsync(source!.Value, read.Value, stop)))
            : Outcome<TicksAnswer>.Failure(read.Problems);
    }

    private async Task<Outcome<TAnswer>> TakeAsync<T, TAnswer>(
        JsonFields body, Func<(TradingEngine Engine, DateTimeOffset Now), Outcome<T>> take, Func<T, TAnswer> answer, CancellationToken stop)
    {
        if (body.Problems.Count > 0) return Outcome<TAnswer>.Failure(body.Problems);
        var taken = await runtime.RunAsync((engine, now) => take((engine, now)), stop);
        return taken.Succeeded ? Outcome<TAnswer>.Success(answer(taken.Value)) : Outcome<TAnswer>.Failure(taken.Problems);
    }

    private DateOnly DayOf(EngineSnapshot snapshot, AccountView? account) => TradingFields.DayOf(snapshot, account, clock.GetUtcNow());

    private ToldTrade? ReadTrade(JsonFields body, DateOnly day)
    {
        var before = body.Problems.Count;
        body.Require("trade_id", "symbol", "side", "price", "volume", "timestamp");
        var contract = body.Contract(catalog, day);
        var (id, side, offset) = (body.Text("trade_id", 64), body.Choice<OrderSide>("side"), body.Choice<Offset>("offset"));
        var (price, volume, timestamp, order) = (body.Price("price", contract), body.Volume("volume", contract), body.Time("timestamp"), body.Text("client_order_id"));
        if (price is { Value: <= 0 }) body.Refuse("price", "not_positive", price.Value.Value);
        if (volume is { IsZero: true }) body.Refuse("volume", "not_positive", 0m);
        if (id is { Length: 0 }) body.Refuse("trade_id", "required");
        if (body.Problems.Count > before) return null;
        return new()
        {
            TradeId = id!, Symbol = contract!.Symbol, Side = side!.Value, Offset = offset, Price = price!.Value, Volume = volume!.Value, Timestamp = timestamp!.Value,
            OrderId = ClientOrderId.IsValid(order) ? new(order!) : null,
        };
    }
}

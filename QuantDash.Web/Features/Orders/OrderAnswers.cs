using QuantDash.Core.Engine;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Orders;

/// <summary>The columns of <c>orders</c>.</summary>
public sealed record OrderAnswer(
    string Id,
    Guid AccountId,
    string Symbol,
    OrderSide Side,
    Offset Offset,
    OrderType Type,
    decimal? Price,
    decimal Volume,
    decimal FilledVolume,
    decimal? AveragePrice,
    OrderState Status,
    OrderPurpose Action,
    Guid? TriggerId,
    DateOnly TradingDay,
    string? Reason,
    string? VenueOrderId,
    bool Replay,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    TimeInForce TimeInForce = TimeInForce.Day,
    UnknownAnswer? Unknown = null,
    OriginAnswer? Origin = null)
{
    public static OrderAnswer Of(Order order) => Of(order, null);

    public static OrderAnswer Of(ListedOrder line, UnknownOrderView? unknown) => Of(line.Order, unknown) with { Origin = line.Origin is { } origin ? OriginAnswer.Of(origin) : null };

    public static OrderAnswer Of(Order order, UnknownOrderView? unknown) => new(
        order.Id.Value, order.AccountId.Value, order.Symbol.ToString(), order.Side, order.Offset, order.Type, order.LimitPrice?.Value, order.Volume.Value,
        order.FilledVolume.Value, order.AverageFillPrice?.Value, order.State, order.Purpose, order.TriggerId, order.TradingDay, order.Reason,
        order.VenueOrderId, order.Replay, order.CreatedAt, order.UpdatedAt, order.TimeInForce, unknown is null ? null : UnknownAnswer.Of(unknown));
}

/// <summary>Where an order came from, and what it led to.</summary>
/// <param name="Owner">manual, rule (a firing), lock (let go or mended), held (a held order), strategy.</param>
/// <param name="LockId">The lock that the firing made, or that the order lets go or mends.</param>
public sealed record OriginAnswer(OrderOwner Owner, OrderPurpose Action, Guid? TriggerId, Guid? RuleId, Guid? LockId, Guid? HeldOrderId, Guid? StrategyId)
{
    public static OriginAnswer Of(OrderOrigin origin) => new(origin.Owner, origin.Purpose, origin.TriggerId, origin.RuleId, origin.LockId, origin.HeldOrderId, origin.StrategyId);
}

/// <summary>How an order is asked about whose outcome nobody knows.</summary>
/// <param name="Since">Since when, on the account's clock.</param>
/// <param name="Asked">How often since our start.</param>
/// <param name="AskedAgainAt">Null: as soon as the program asks for commands, or never.</param>
/// <param name="ByHand">Nobody can be asked: a person has to look it up.</param>
/// <param name="AlarmAt">When the trader is woken.</param>
public sealed record UnknownAnswer(DateTimeOffset Since, int Asked, DateTimeOffset? AskedAgainAt, bool ByHand, DateTimeOffset AlarmAt, bool Alarmed)
{
    public static UnknownAnswer Of(UnknownOrderView view) => new(view.Since, view.Asked, view.AskedAgainAt, !view.IsAsked, view.AlarmAt, view.IsAlarmed);
}

/// <summary>What settling an order by hand books; nothing is booked by a preview.</summary>
/// <param name="Books">Lots that were not in the books.</param>
/// <param name="Remaining">Lots it ends without.</param>
public sealed record SettlementAnswer(string Id, SettledAs Outcome, decimal Books, decimal Remaining, Side Leg, decimal LegBefore, decimal LegAfter, SettlementThen Then)
{
    public static SettlementAnswer Of(SettlementPreview preview) => new(
        preview.Order.Id.Value, preview.Settlement.Outcome, preview.Books.Value, preview.Remaining.Value, preview.LegSide, preview.LegBefore.Value, preview.LegAfter.Value, preview.Then);
}

/// <summary>What replacing an order sends; nothing is sent by a preview.</summary>
/// <param name="Volume">Lots of the new order, unless more is filled until the cancel is certain.</param>
/// <param name="Dropped">Lots that are given up.</param>
/// <param name="TradesAtOnce">The opposing side shows this price or a better one; null without a quote.</param>
public sealed record ReplaceAnswer(string Cancels, decimal? PriceBefore, decimal Remaining, decimal Price, decimal Volume, decimal Dropped, bool? TradesAtOnce)
{
    public static ReplaceAnswer Of(ReplacePreview preview) => new(
        preview.Order.Id.Value, preview.Order.LimitPrice?.Value, preview.Order.Remaining.Value, preview.Price.Value, preview.Volume.Value, preview.Dropped.Value, preview.TradesAtOnce);
}

/// <param name="Volume">Lots that go out again at most, no more than the order has left; without it all that it left.</param>
public sealed record ReplaceOrderBody(decimal Price, decimal? Volume = null);

/// <param name="FilledVolume">Over the order's life, for a cancelled one; without it what is known.</param>
/// <param name="Price">Average of the lots not booked yet.</param>
public sealed record SettleOrderBody(SettledAs Outcome, decimal? FilledVolume = null, decimal? Price = null);

/// <summary>The columns of <c>trades</c>.</summary>
/// <param name="RealisedPnl">平仓盈亏 against the open price; null for an opening trade.</param>
/// <param name="ClosePnl">平仓盈亏 against the previous settlement.</param>
/// <param name="Origin">Of its order; null for a trade made elsewhere.</param>
public sealed record TradeAnswer(
    string TradeId,
    string? OrderId,
    Guid AccountId,
    string Symbol,
    OrderSide Side,
    Offset Offset,
    decimal Volume,
    decimal Price,
    decimal Commission,
    decimal? RealisedPnl,
    decimal? ClosePnl,
    DateOnly TradingDay,
    DateTimeOffset TradeTime,
    OriginAnswer? Origin = null)
{
    public static TradeAnswer Of(ListedTrade line) => Of(line.Trade) with { Origin = line.Origin is { } origin ? OriginAnswer.Of(origin) : null };

    private static TradeAnswer Of(Trade trade) => new(
        trade.Fill.TradeId, trade.Fill.OrderId?.Value, trade.Fill.AccountId.Value, trade.Fill.Symbol.ToString(), trade.Fill.Side, trade.Fill.Offset,
        trade.Fill.Volume.Value, trade.Fill.Price.Value, trade.Accounting.Fee, trade.Accounting.RealisedPnl, trade.Accounting.ClosePnl,
        trade.Fill.TradingDay, trade.Fill.OccurredAt);
}

/// <summary>Every trade that the filters want, added up.</summary>
/// <param name="Currency">Null for trades of an account that is gone.</param>
/// <param name="Turnover">Null when a contract's multiplier is not known.</param>
/// <param name="Unknown">Closing trades whose realised P&amp;L nobody knows; it is not in <paramref name="RealisedPnl"/>.</param>
public sealed record TradeTotalsAnswer(string? Currency, int Trades, decimal Volume, decimal? Turnover, decimal Commission, int Closes, int Unknown, decimal RealisedPnl)
{
    public static TradeTotalsAnswer Of(TradeTotals totals) =>
        new(totals.Currency?.ToString(), totals.Trades, totals.Volume, totals.Turnover, totals.Fees, totals.Closes, totals.Unknown, totals.Realised);
}

using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Locks;

/// <summary>An unlock under way: the locks as they stand, and the first order of each.</summary>
public sealed record UnlockAnswer(IReadOnlyList<LockAnswer> Locks, IReadOnlyList<UnlockOrderAnswer> Orders)
{
    public static UnlockAnswer Of(Unlocked unlocked) => new([.. unlocked.Locks.Select(LockAnswer.Of)], [.. unlocked.Orders.Select(UnlockOrderAnswer.Of)]);
}

public sealed record UnlockOrderAnswer(string Id, Guid LockId, OrderSide Side, Offset Offset, OrderType Type, decimal? Price, decimal Volume)
{
    public static UnlockOrderAnswer Of(Order order) =>
        new(order.Id.Value, order.OriginId, order.Side, order.Offset, order.Type, order.LimitPrice?.Value, order.Volume.Value);
}

/// <summary>Figures after the fill hold if each leg is closed at its <c>expected_price</c>; null where a price they need is unknown.</summary>
/// <param name="LaterFrom">From when on the fee is fee_later: the next time one can trade on another day.</param>
public sealed record UnlockPreviewAnswer(
    Guid AccountId,
    string Symbol,
    UnlockLegs Legs,
    decimal Volume,
    decimal Locked,
    IReadOnlyList<UnlockPartAnswer> Orders,
    IReadOnlyList<UnlockLegAnswer> Closing,
    decimal? RealisedProfit,
    decimal? FeeNow,
    decimal? FeeLater,
    DateTimeOffset? LaterFrom,
    decimal? FrozenBefore,
    decimal? FrozenAfter,
    PreviewState Before,
    PreviewState? After,
    bool AddsExposure,
    bool? IsCovered,
    IReadOnlyList<UnlockChoice> Choices,
    IReadOnlyList<UnlockLadderAnswer> Ladder)
{
    public static UnlockPreviewAnswer Of(UnlockPreview preview) => new(
        preview.Request.AccountId.Value, preview.Request.Symbol.ToString(), preview.Request.Legs, preview.Volume.Value, preview.Locked.Value,
        [.. preview.Parts.Select(part => new UnlockPartAnswer(part.LockId, part.Leg, part.Leg.ClosingOrder(), part.Offset, part.Volume.Value))],
        [.. preview.Legs.Select(UnlockLegAnswer.Of)], preview.RealisedProfit, preview.FeeNow, preview.FeeLater, preview.LaterFrom, preview.FrozenBefore, preview.FrozenAfter,
        preview.Before, preview.After, preview.AddsExposure, preview.IsCovered, preview.Choices, [.. preview.Ladder.Select(UnlockLadderAnswer.Of)]);
}

public sealed record UnlockPartAnswer(Guid LockId, Side Leg, OrderSide Side, Offset Offset, decimal Volume);

public sealed record UnlockLegAnswer(Side Leg, OrderSide Side, decimal? DisplayedVolume, decimal? ExpectedPrice, bool WouldRest, decimal? SlippageTicks)
{
    public static UnlockLegAnswer Of(UnlockLegPreview leg) =>
        new(leg.Leg, leg.OrderSide, leg.DisplayedVolume?.Value, leg.ExpectedPrice?.Value, leg.WouldRest, leg.SlippageTicks);
}

/// <summary>One price of the ladder table: after closing fees, now and as older lots.</summary>
public sealed record UnlockLadderAnswer(decimal Price, UnlockCellAnswer CloseLong, UnlockCellAnswer CloseShort, decimal? CloseBoth, decimal? CloseBothTomorrow)
{
    public static UnlockLadderAnswer Of(UnlockLadderRow row) =>
        new(row.Price.Value, UnlockCellAnswer.Of(row.Long), UnlockCellAnswer.Of(row.Short), row.Both, row.BothTomorrow);
}

/// <param name="BreakEven">Where the leg that stays must be closed so that both together come out at zero or better.</param>
public sealed record UnlockCellAnswer(decimal? Result, decimal? ResultTomorrow, decimal? BreakEven, decimal? BreakEvenTomorrow)
{
    public static UnlockCellAnswer Of(UnlockLadderCell cell) => new(cell.Result, cell.ResultTomorrow, cell.BreakEven?.Value, cell.BreakEvenTomorrow?.Value);
}

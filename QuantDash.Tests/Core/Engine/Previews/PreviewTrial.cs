using QuantDash.Core.Engine;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine.Previews;

/// <summary>The account before an order, to be compared with what a preview of it said once it is filled.</summary>
internal sealed class PreviewTrial(PreviewMarket market, string why)
{
    /// <summary>An average price may have no end; nothing else is rounded.</summary>
    private const decimal Exact = 0.00000001m;

    private readonly Funds _before = market.Funds;
    private readonly int _fillsBefore = market.Fills.Count();
    private readonly int _changesBefore = market.Harness.Journal.Changes.Count();
    private readonly Quote _quote = market.Quote;

    public string Why { get; } = why;
    public IReadOnlyList<Fill> Fills => [.. market.Fills.Skip(_fillsBefore)];

    /// <summary>Why the venue refused one of the orders; null when it took them.</summary>
    public string? Rejected => market.Harness.Journal.Changes.Skip(_changesBefore).OfType<JournalChange.OrderSaved>()
        .FirstOrDefault(change => change.Order.State == OrderState.Rejected)?.Order.Reason;

    public void Booked(PreviewState after, decimal? fee, decimal? realised, decimal tolerance = Exact)
    {
        var (funds, position) = (market.Funds, market.Position);
        Near(funds.Equity, after.Equity, "equity", tolerance);
        Near(funds.Margin, after.Margin, "margin");
        Near((position?.Long.Margin ?? 0) + (position?.Short.Margin ?? 0), after.MarginWithoutRelief, "margin of both legs");
        Near(funds.Available, after.Available, "available", tolerance);
        Near(funds.RiskRatio, after.RiskRatio, "risk ratio", tolerance);
        Near(funds.Fees - _before.Fees, fee, "fee", tolerance);
        Near(position?.NetVolume ?? 0, after.NetVolume, "net");
        Near((position?.NetVolume ?? 0) * market.Contract.Multiplier * market.Contract.PriceTick, after.MoneyPerTick, "money per tick");
        if (realised is not null) Near(funds.RealisedPnl - _before.RealisedPnl, realised, "realised");
    }

    /// <summary>Against the last price of the preview, in ticks.</summary>
    public void Slipped(OrderSide side, decimal? ticks)
    {
        var fills = Fills.Where(fill => fill.Side == side).ToList();
        var average = fills.Sum(fill => fill.Price.Value * fill.Volume.Value) / fills.Sum(fill => fill.Volume.Value);
        Near((average - _quote.Last) * (side == OrderSide.Buy ? 1 : -1) / market.Contract.PriceTick, ticks, "slippage");
    }

    public void Near(decimal? actual, decimal? shown, string what, decimal tolerance = Exact)
    {
        (actual is null).ShouldBe(shown is null, $"{what}, {Why}");
        if (actual is { } seen && shown is { } said) Math.Abs(seen - said).ShouldBeLessThanOrEqualTo(tolerance, $"{what}: {seen}, the preview said {said}, {Why}");
    }
}

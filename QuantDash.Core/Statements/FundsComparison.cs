using System.Globalization;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;

namespace QuantDash.Core.Statements;

/// <summary>资金状况 line by line; a sum that differs because its parts do is explained by them.</summary>
internal sealed class FundsComparison(StatementKind kind, StatementFunds broker, OurDay day, TradeComparison trades, PositionComparison positions)
{
    private const decimal RatioDigit = 0.0001m;
    private readonly Funds? _ours = day.Funds;
    private readonly bool _byTrade = kind == StatementKind.ByTrade;

    public IReadOnlyList<StatementDifference> Lines()
    {
        var closed = Closed();
        var end = _byTrade ? _ours?.Deposits + _ours?.RealisedPnl - _ours?.Fees : _ours?.Equity;
        var start = _byTrade ? end - _ours?.CashFlowToday - closed + _ours?.FeesToday : _ours?.StaticEquity;
        var open = _byTrade ? _ours?.FloatingPnl : _ours?.HoldingPnl;
        var (dStart, dCash, dClosed, dOpen, dFees) = (broker.Start - start, broker.CashFlow - _ours?.CashFlowToday, broker.ClosedPnl - closed, broker.OpenPnl - open, broker.Fees - _ours?.FeesToday);
        var dEnd = dStart + dCash + dClosed + (_byTrade ? 0 : dOpen) - dFees + broker.Other;
        var dEquity = broker.Equity - _ours?.Equity;
        var dMargin = broker.Margin - _ours?.Margin;
        List<StatementDifference> lines =
        [
            Line("start", broker.Start, start, difference => Cash(difference, before: true)),
            Line("cash_flow", broker.CashFlow, _ours?.CashFlowToday, difference => Cash(difference, before: false)),
            Line("closed_pnl", broker.ClosedPnl, closed, difference => Follows(difference, trades.PnlDifference, DifferenceReason.FromTrades)),
            Line("open_pnl", broker.OpenPnl, open, difference => Follows(difference, positions.PnlDifference, DifferenceReason.FromPositions) ?? Unsettled()),
            Line("fees", broker.Fees, _ours?.FeesToday, difference => Follows(difference, trades.FeeDifference, DifferenceReason.FromTrades)),
        ];
        if (broker.Other != 0) lines.Add(Line("other", broker.Other, 0m, _ => null));
        lines.AddRange(
        [
            Line("end", broker.End, end, difference => Follows(difference, dEnd, DifferenceReason.FromAbove)),
            Line("equity", broker.Equity, _ours?.Equity, difference => Follows(difference, _byTrade ? broker.End - end + dOpen : broker.End - end, DifferenceReason.FromAbove)),
            Line("margin", broker.Margin, _ours?.Margin, difference => Follows(difference, positions.MarginDifference, DifferenceReason.FromPositions) ?? Unsettled()),
            Line("available", broker.Available, _ours?.Available, difference => Follows(difference, dEquity - dMargin + _ours?.FrozenMargin + _ours?.FrozenFees, DifferenceReason.FromAbove)),
            Risk(dEquity, dMargin),
        ]);
        return lines;
    }

    /// <summary>平仓盈亏 of the day as the statement counts it; null when unknown.</summary>
    private decimal? Closed() => _ours is null ? null : !_byTrade ? _ours.ClosePnlToday
        : day.Trades.Where(t => t.Fill.Offset != Offset.Open).Aggregate((decimal?)0m, (sum, t) => sum + t.Accounting.RealisedPnl);

    private static StatementDifference Line(string field, decimal broker, decimal? ours, Func<decimal, (DifferenceReason, string?)?> explain)
    {
        var line = new StatementDifference { Part = DifferencePart.Funds, Field = field, Broker = broker, Ours = ours, Agrees = broker == ours };
        if (line.Difference is not { } difference || line.Agrees) return line;
        if (Differing.IsRounding(difference)) return line with { Reason = DifferenceReason.Rounding };
        return explain(difference) is var (reason, detail) ? line with { Reason = reason, Detail = detail } : line;
    }

    private StatementDifference Risk(decimal? dEquity, decimal? dMargin)
    {
        var line = new StatementDifference { Part = DifferencePart.Funds, Field = "risk_ratio", Broker = broker.RiskRatio, Ours = _ours?.RiskRatio, Agrees = broker.RiskRatio == _ours?.RiskRatio };
        if (line.Agrees || line.Difference is not { } difference) return line with { Agrees = line.Agrees || (_ours is not null && broker.Margin == 0 && _ours.Margin == 0) };
        if (Math.Abs(difference) <= RatioDigit) return line with { Reason = DifferenceReason.Rounding };
        var follows = (dEquity ?? 0, dMargin ?? 0) is not (0, 0) && broker.Equity > 0 && Math.Abs((broker.Margin / broker.Equity) - broker.RiskRatio) <= RatioDigit;
        return follows ? line with { Reason = DifferenceReason.FromAbove } : line;
    }

    private static (DifferenceReason, string?)? Follows(decimal difference, decimal? from, DifferenceReason reason) =>
        from is { } known && known != 0 && Differing.IsRounding(difference - known) ? (reason, null) : null;

    private (DifferenceReason, string?)? Unsettled() => day.Settled ? null : (DifferenceReason.NotSettled, null);

    /// <summary>Cash that stands on another day in the broker's books, or that was booked here to agree with the counter.</summary>
    private (DifferenceReason, string?)? Cash(decimal difference, bool before)
    {
        if (_ours?.TradingDay is not { } today) return null;
        var found = day.Cash.FirstOrDefault(flow => before
            ? flow.Amount.Amount == (flow.TradingDay < today ? -difference : difference)
            : flow.Amount.Amount == (flow.TradingDay == today ? -difference : difference));
        return found is null ? null : (DifferenceReason.CashBooked, found.TradingDay.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }
}

using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Statements;

/// <summary>What was held at the end of the day, leg by leg.</summary>
internal sealed class PositionComparison
{
    private readonly List<StatementDifference> _lines = [];

    public PositionComparison(BrokerStatement statement, OurDay ours)
    {
        if (statement.Positions is not { } theirs) return;
        if (ours.Positions is not { } held)
        {
            (PnlDifference, MarginDifference) = (null, null);
            _lines.AddRange(theirs.Select(leg => Line("unknown_here", leg.Symbol, leg.Side, leg.Volume, null)));
            return;
        }

        foreach (var (symbol, side) in theirs.Select(leg => (leg.Symbol, leg.Side)).Union(held.Select(leg => (leg.Symbol, leg.Side))).OrderBy(leg => leg.Symbol).ThenBy(leg => leg.Side))
        {
            var before = _lines.Count;
            Compare(symbol, side, theirs.FirstOrDefault(leg => leg.Symbol == symbol && leg.Side == side), held.FirstOrDefault(leg => leg.Symbol == symbol && leg.Side == side), statement.Kind, ours.Settled);
            if (_lines.Count == before) Agreed++;
        }
    }

    public IReadOnlyList<StatementDifference> Lines => _lines;
    public int Agreed { get; private set; }

    /// <summary>The broker's 盯市盈亏 (浮动盈亏) less ours over all legs; null when one of them is unknown.</summary>
    public decimal? PnlDifference { get; private set; } = 0m;

    /// <summary>The same of margin.</summary>
    public decimal? MarginDifference { get; private set; } = 0m;

    private void Compare(Symbol symbol, Side side, StatementPosition? broker, SettledPosition? ours, StatementKind kind, bool settled)
    {
        if (broker is null)
        {
            _lines.Add(Line("missing_there", symbol, side, null, ours!.Volume.Value));
        }
        else if (ours is null)
        {
            _lines.Add(Line("missing_here", symbol, side, broker.Volume, null));
        }
        else
        {
            var before = _lines.Count;
            if (broker.Volume != ours.Volume.Value) _lines.Add(Line("volume", symbol, side, broker.Volume, ours.Volume.Value));
            ComparePrices(symbol, side, broker, ours, settled);
            var follows = !settled ? DifferenceReason.NotSettled : _lines.Count > before ? DifferenceReason.FromAbove : (DifferenceReason?)null;
            CompareMoney("pnl", symbol, side, broker.Pnl, kind == StatementKind.ByTrade ? ours.FloatingPnl : ours.HoldingPnl, follows);
            CompareMoney("margin", symbol, side, broker.Margin, ours.Margin, follows);
        }

        PnlDifference += (broker is null ? 0 : broker.Pnl) - (ours is null ? 0 : kind == StatementKind.ByTrade ? ours.FloatingPnl : ours.HoldingPnl);
        MarginDifference += (broker is null ? 0 : broker.Margin) - (ours?.Margin ?? 0);
    }

    private void CompareMoney(string field, Symbol symbol, Side side, decimal? broker, decimal? ours, DifferenceReason? follows)
    {
        if (broker is null || broker == ours) return;
        _lines.Add(Line(field, symbol, side, broker, ours) with { Reason = Differing.IsRounding(broker - ours) ? DifferenceReason.Rounding : follows });
    }

    private void ComparePrices(Symbol symbol, Side side, StatementPosition broker, SettledPosition ours, bool settled)
    {
        if (Rounded(broker.AveragePrice) != Rounded(ours.AverageOpenPrice))
        {
            var reason = Differing.IsRounding(broker.AveragePrice - ours.AverageOpenPrice) ? DifferenceReason.Rounding
                : Differing.IsRounding(broker.AveragePrice - ours.AverageBasis) ? DifferenceReason.MarkBasis
                : (DifferenceReason?)null;
            _lines.Add(Line("average_price", symbol, side, broker.AveragePrice, ours.AverageOpenPrice) with { Reason = reason });
        }

        if (broker.SettlementPrice is { } price && price != ours.SettlementPrice)
            _lines.Add(Line("settlement_price", symbol, side, price, ours.SettlementPrice) with { Reason = settled ? null : DifferenceReason.NotSettled });
    }

    /// <summary>Averages are printed with a few digits.</summary>
    private static decimal? Rounded(decimal? price) => price is { } known ? decimal.Round(known, 4) : null;

    private static StatementDifference Line(string field, Symbol symbol, Side side, decimal? broker, decimal? ours) =>
        new() { Part = DifferencePart.Position, Field = field, Symbol = symbol, Subject = side == Side.Long ? "long" : "short", Broker = broker, Ours = ours };
}

using QuantDash.Core.Backtesting.Reports;
using QuantDash.Web.Ui;

namespace QuantDash.Web.Features.Backtests;

public enum SweepMeasure { Return, Sharpe, MaxDrawdown, Trades }

/// <summary>What a sweep's cells say of one measure, and how strongly they are coloured. Pure.</summary>
internal sealed class HeatMap
{
    /// <summary>Shades to each side of nothing.</summary>
    public const int Shades = 4;

    private readonly Dictionary<(int X, int Y), SweepCell> _cells;
    private readonly SweepMeasure _measure;
    private readonly double _strongest;

    public HeatMap(SweepReport sweep, SweepMeasure measure)
    {
        (_measure, _cells) = (measure, sweep.Cells.ToDictionary(cell => (cell.X, cell.Y)));
        _strongest = sweep.Cells.Select(cell => Math.Abs(Value(cell) ?? 0)).DefaultIfEmpty().Max();
        Best = sweep.Cells.Where(cell => Value(cell) is not null).MaxBy(Value);
    }

    /// <summary>Of the highest value: the return, the ratio, the least drawdown, the most trades.</summary>
    public SweepCell? Best { get; }

    /// <summary>Null: that pair does not go together.</summary>
    public SweepCell? At(int x, int y) => _cells.GetValueOrDefault((x, y));

    public string Text(SweepCell cell) => _measure switch
    {
        SweepMeasure.Return or SweepMeasure.MaxDrawdown => Figures.Percent((decimal?)Value(cell), 1),
        SweepMeasure.Sharpe => Figures.Number((decimal?)Value(cell), 2),
        SweepMeasure.Trades => Figures.Number(cell.Trades, 0),
    };

    /// <summary>A class: <c>gain-1</c> to <c>gain-4</c>, <c>loss-1</c> to <c>loss-4</c>, or nothing.</summary>
    public string Shade(SweepCell cell)
    {
        if (Value(cell) is not { } value || value == 0 || _strongest == 0) return "";
        return $"{(value > 0 ? "gain" : "loss")}-{Math.Clamp((int)Math.Ceiling(Math.Abs(value) / _strongest * Shades), 1, Shades)}";
    }

    private double? Value(SweepCell cell) => _measure switch
    {
        SweepMeasure.Return => cell.Return,
        SweepMeasure.Sharpe => cell.Sharpe,
        SweepMeasure.MaxDrawdown => cell.MaxDrawdown,
        SweepMeasure.Trades => cell.Failure is null ? cell.Trades : null,
    };
}

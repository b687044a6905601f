namespace QuantDash.Core.Indicators;

/// <summary>One incremental kernel: takes completed bars one by one, in constant (or amortised constant) time and without allocating. Live and backtest feed it bar by bar,
/// a whole series goes through <see cref="Over"/>; there is no second calculation (docs/adr/0027-indicators.md).</summary>
public abstract class Indicator
{
    /// <summary>Bars until every output can have a value.</summary>
    public abstract int WarmUpBars { get; }

    /// <summary>Takes the next completed bar.</summary>
    public abstract void Add(in IndicatorBar bar);

    /// <summary>The outputs after the last bar, in the order of the declaration. Null: not warm, or not defined for these bars (a division by nothing). Never NaN.</summary>
    /// <param name="outputs">At least as long as the declaration's outputs.</param>
    public abstract void Read(Span<double?> outputs);

    /// <summary>By how many bars a chart or table draws this output later (+) or earlier (−) than the bar after which it is known.</summary>
    public virtual int ShiftOf(int output) => 0;

    /// <summary>Takes a whole series and goes on from there: a batch warms up what then streams.</summary>
    /// <returns>A column for each output, a row for each bar: what was known after that bar.</returns>
    public double?[][] Over(ReadOnlySpan<IndicatorBar> bars, int outputs)
    {
        var length = bars.Length;
        var columns = Enumerable.Range(0, outputs).Select(_ => new double?[length]).ToArray();
        Span<double?> row = new double?[outputs];
        for (var i = 0; i < bars.Length; i++)
        {
            Add(bars[i]);
            Read(row);
            for (var output = 0; output < outputs; output++) columns[output][i] = row[output];
        }
        return columns;
    }
}

using QuantDash.Core.Indicators;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;

namespace QuantDash.Core.Engine;

/// <summary>The average true range of one (source, symbol), of completed bars of one length; followed only where a rule trails by it. Bars come from the ticks
/// since the process began. The first may have begun before that: only its close counts. A time without ticks makes no bar, neither one of zero range; the next
/// bar's true range spans it.</summary>
internal sealed class RangeSeries(Contract contract, int period, TimeSpan timeframe)
{
    private readonly BarBuilder _bars = new(contract, (int)timeframe.TotalMinutes);
    private readonly TrueRangeAverage _average = new(period);

    public int Period { get; } = period;
    public TimeSpan Timeframe { get; } = timeframe;

    /// <returns>Whether a bar is complete.</returns>
    public bool Add(in Tick tick, SessionWindow window) => Take(_bars.Add(tick, window));

    /// <inheritdoc cref="Add"/>
    public bool CompleteAt(DateTimeOffset now) => Take(_bars.CompleteAt(now));

    /// <summary>Bars until it is known.</summary>
    public int Missing => _average.Missing;

    /// <summary>So many ranges in ticks, rounded up; null before there are enough bars, and while the market has not moved at all in any of them.</summary>
    public long? Distance(decimal multiples) =>
        _average.Value is > 0 and var range ? Math.Max(1, (long)decimal.Ceiling(multiples * (decimal)range / contract.PriceTick)) : null;

    private bool Take(Bar? bar)
    {
        if (bar is null) return false;
        _average.Add((double)bar.High.Value, (double)bar.Low.Value, (double)bar.Close.Value);
        return true;
    }
}

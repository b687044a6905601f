using System.Collections.Concurrent;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Live;

/// <summary>What charts draw of everything that ticks: the minute bars, and the intraday line, which is begun with them and continued by every tick whether
/// somebody looks or not.</summary>
public sealed class PriceBoard(BarBoard bars) : ITickSink
{
    private readonly ConcurrentDictionary<(SourceName, Symbol), DayTrace> _traces = [];

    /// <summary>The latest trading day's points, oldest first; empty when the symbol has not ticked on that source since the start.</summary>
    public IReadOnlyList<TracePoint> Points(SourceName source, Symbol symbol)
    {
        if (!_traces.TryGetValue((source, symbol), out var day)) return [];
        lock (day.Trace) return [.. day.Trace.Points];
    }

    /// <inheritdoc cref="BarBoard.Minutes"/>
    public IReadOnlyList<Bar> Minutes(SourceName source, Symbol symbol) => bars.Minutes(source, symbol);

    public void Take(IReadOnlyList<RecordedTick> ticks)
    {
        foreach (var tick in ticks)
        {
            if (tick.Held) continue;
            var key = (tick.Source.Name, tick.Contract.Symbol);
            if (!_traces.TryGetValue(key, out var day) || day.TradingDay != tick.Window.TradingDay) _traces[key] = day = Begin(tick);
            lock (day.Trace) day.Trace.Add(tick.Tick);
        }
    }

    public void Idle(DateTimeOffset now)
    {
        // A line that nobody continues stands still.
    }

    private DayTrace Begin(in RecordedTick first)
    {
        var trace = new PriceTrace(first.Contract);
        var at = first.Tick.OccurredAt;
        var day = first.Window.TradingDay;
        trace.Begin([.. bars.Minutes(first.Source.Name, first.Contract.Symbol).Where(b => b.End <= at && b.TradingDay == day)]);
        return new(day, trace);
    }

    private sealed record DayTrace(DateOnly TradingDay, PriceTrace Trace);
}

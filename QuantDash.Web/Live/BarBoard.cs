using System.Collections.Concurrent;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Live;

/// <summary>One-minute bars of everything that ticks, for charts: kept up to date by <see cref="TickTap"/>, begun with the stored part of the day.</summary>
public sealed class BarBoard(ITickArchive archive, TradingCalendar calendar) : ITickSink
{
    private readonly ConcurrentDictionary<(SourceName, Symbol), BarSeries> _series = [];

    /// <summary>The latest trading day's bars, the growing one last; empty when the symbol has not ticked on that source since the start.</summary>
    public IReadOnlyList<Bar> Minutes(SourceName source, Symbol symbol) =>
        _series.TryGetValue((source, symbol), out var series) ? series.Bars : [];

    public void Take(IReadOnlyList<RecordedTick> ticks)
    {
        foreach (var tick in ticks)
        {
            var key = (tick.Source.Name, tick.Contract.Symbol);
            if (!_series.TryGetValue(key, out var series)) _series[key] = series = Begin(tick);
            if (!tick.Held) series.Add(tick.Tick, tick.Window);
        }

        foreach (var series in _series.Values) series.Publish();
    }

    public void Idle(DateTimeOffset now)
    {
        foreach (var series in _series.Values) series.CompleteAt(now);
    }

    /// <summary>The store may hold this very tick already: only what came before it is read back, through a gate, because jumps that nothing confirmed
    /// are stored too.</summary>
    private BarSeries Begin(RecordedTick first)
    {
        var (source, contract) = (first.Source, first.Contract);
        var series = new BarSeries(contract, source.Clock);
        if (source.Clock != SourceClock.Wall) return series;
        var window = first.Window;
        var gate = new TickGate(SourceClock.Ticks, TickGateOptions.Default);
        foreach (var stored in archive.Read(source.Name, contract.Symbol, first.Window.TradingDay).TakeWhile(t => t.OccurredAt < first.Tick.OccurredAt))
        {
            if (!gate.Examine(RawTick.Of(stored, contract.PriceTick), contract, stored.OccurredAt, out var tick).Accepted) continue;
            if (!window.Covers(tick.OccurredAt)) window = calendar.WindowAt(contract, tick.OccurredAt, source.SessionsAlways);
            series.Add(tick, window);
        }

        return series;
    }
}

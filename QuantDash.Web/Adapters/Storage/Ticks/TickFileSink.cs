using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;

namespace QuantDash.Web.Adapters.Storage.Ticks;

/// <summary>Writes what live sources bring to the tick store. A source whose ticks are the clock plays what is stored already, or what its sender has: its ticks
/// are not stored a second time.</summary>
internal sealed class TickFileSink(TickArchive archive, TradingCalendar calendar, ILogger<TickFileSink> log) : ITickSink
{
    private readonly List<Tick> _run = [];

    public void Take(IReadOnlyList<RecordedTick> ticks)
    {
        foreach (var group in ticks.Where(t => t.Source.Clock == SourceClock.Wall).GroupBy(t => (t.Source.Name, t.Contract, Day: FileDay(t))))
        {
            _run.Clear();
            _run.AddRange(group.Select(t => t.Tick));
            try
            {
                archive.Append(group.Key.Name, group.Key.Contract, group.Key.Day, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_run));
            }
            catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
            {
                log.LogError(e, "{Count} ticks of {Source} {Symbol} could not be stored", _run.Count, group.Key.Name, group.Key.Contract.Symbol);
            }
        }
    }

    public void Idle(DateTimeOffset now) => archive.AdoptImports();

    private DateOnly FileDay(in RecordedTick tick) => calendar.RecordingDay(tick.Contract, tick.Window, tick.Tick.OccurredAt);
}

using QuantDash.Core.Instruments;

namespace QuantDash.Core.Markets;

/// <summary>One tick on its way from the trading thread to files and charts.</summary>
public readonly record struct RecordedTick(Source Source, Contract Contract, SessionWindow Window, Tick Tick, bool Held);

/// <summary>Takes recorded ticks in batches, off the trading thread, from one caller at a time, in order of arrival.</summary>
public interface ITickSink
{
    void Take(IReadOnlyList<RecordedTick> ticks);

    /// <summary>No ticks for a while: time has passed nevertheless.</summary>
    void Idle(DateTimeOffset now);
}

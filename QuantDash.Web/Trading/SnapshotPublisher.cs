using QuantDash.Core.Engine;
using QuantDash.Web.Live;

namespace QuantDash.Web.Trading;

/// <summary>When the screens get another snapshot: soon after a change, but no more often than eyes and the trading thread bear.</summary>
internal sealed class SnapshotPublisher(LiveState<EngineSnapshot> snapshots, TimeProvider clock)
{
    /// <summary>A quarter of the screen's pace: a price hardly waits twice.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(100);

    /// <summary>Ticks wait while a snapshot is made: up to the longest pace, for a twentieth of the time at most.</summary>
    private const int Share = 20;

    private bool _changed = true;
    private long _publishedAt;
    private TimeSpan _pace;

    /// <summary>Until the next is due; null while nothing changed.</summary>
    public TimeSpan? Left => _changed ? _pace - clock.GetElapsedTime(_publishedAt) : null;

    public void Change(bool changed) => _changed |= changed;

    /// <summary>On the trading thread, after each turn.</summary>
    public void PublishIfDue(TradingEngine engine)
    {
        if (Left is not { } left || left > TimeSpan.Zero) return;
        var begun = clock.GetTimestamp();
        _changed = false;
        snapshots.Publish(engine.Snapshot(clock.GetUtcNow()));
        _publishedAt = clock.GetTimestamp();
        var pace = Share * clock.GetElapsedTime(begun, _publishedAt);
        _pace = pace < Shortest ? Shortest : pace > Longest ? Longest : pace;
    }
}

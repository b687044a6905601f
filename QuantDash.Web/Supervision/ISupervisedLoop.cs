namespace QuantDash.Web.Supervision;

/// <summary>Something that goes on until it is stopped. An exception ends one run of it and nothing else: it is started again, after a pause that grows.</summary>
public interface ISupervisedLoop
{
    /// <summary>At most 64 of <c>[a-z0-9_]</c>: its row in <c>service_status</c>.</summary>
    string ServiceName { get; }

    /// <summary>False: there is nothing for it to do as things are set up, and it is not run.</summary>
    bool IsNeeded => true;

    /// <summary>True: it runs, but as things are set up now it has nothing to do.</summary>
    bool IsIdle => false;

    /// <summary>What went wrong in its latest turn, after which it goes on by itself; null: nothing.</summary>
    string? Trouble => null;

    /// <summary>How long it may go without a beat before it counts as stalled; null: it waits for work that may never come.</summary>
    TimeSpan? LongestTurn => null;

    /// <summary>Ends only when it is stopped, or by throwing.</summary>
    /// <param name="pulse">To be told that it is alive, each turn.</param>
    Task RunAsync(LoopPulse pulse, CancellationToken stop);
}

/// <summary>The sign of life of one loop.</summary>
public sealed class LoopPulse(TimeProvider clock)
{
    private long _beatAt = clock.GetUtcNow().UtcTicks;

    public DateTimeOffset LastBeat => new(Interlocked.Read(ref _beatAt), TimeSpan.Zero);

    public void Beat() => Interlocked.Exchange(ref _beatAt, clock.GetUtcNow().UtcTicks);
}

namespace QuantDash.Core.Markets;

/// <summary>How much a source's ticks are trusted (DESIGN.md 6.1, RELIABILITY.md C1).</summary>
public sealed record TickGateOptions
{
    public static TickGateOptions Default { get; } = new();

    /// <summary>On a wall clock: how long after its own time a tick may arrive.</summary>
    public TimeSpan MaxTickAge { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>On a wall clock: how far a tick's own time may lie ahead of ours.</summary>
    public TimeSpan MaxAhead { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>A move over this fraction of the last accepted price waits for one agreeing tick.</summary>
    public double SpikeRatio { get; init; } = 0.05;

    /// <summary>On a wall clock: a jump that nothing contradicted for this long stands.</summary>
    public TimeSpan SpikeHold { get; init; } = TimeSpan.FromSeconds(2);
}

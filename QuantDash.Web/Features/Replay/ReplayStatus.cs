using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Replay;

/// <summary>What to play, and onto which source: its ticks are the clock there.</summary>
/// <param name="From">The source the ticks are stored under.</param>
/// <param name="To">The source they are pushed on.</param>
/// <param name="Symbols">Empty: everything stored of that day.</param>
/// <param name="Speed">1: as it was; 60: a minute in a second; null: as fast as it goes.</param>
public sealed record ReplayRequest(SourceName From, SourceName To, IReadOnlyList<Symbol> Symbols, DateOnly TradingDay, double? Speed)
{
    /// <summary>What pages offer beside the maximum (null).</summary>
    public static IReadOnlyList<double> Speeds { get; } = [1, 10, 60, 600];

    public static bool IsSpeed(double? speed) => speed is null or (>= 0.1 and <= 100_000);
}

public enum ReplayState
{
    Playing,
    Paused,
    Finished,
    Stopped,
    Failed,
}

/// <summary>A replay as it stands: immutable, the latest replaces the one before.</summary>
public sealed record ReplayStatus
{
    public required Guid Id { get; init; }
    public required ReplayRequest Request { get; init; }
    public required ReplayState State { get; init; }
    public required double? Speed { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Time of the first and of the last tick.</summary>
    public required DateTimeOffset Begin { get; init; }
    public required DateTimeOffset End { get; init; }

    /// <summary>Time of the tick played last.</summary>
    public DateTimeOffset? Position { get; init; }
    public required int Total { get; init; }
    public int Played { get; init; }
    public int Accepted { get; init; }
    public int Rejected { get; init; }
    public string? Error { get; init; }

    public double Progress => Total == 0 ? 1 : (double)Played / Total;
    public bool IsOver => State is ReplayState.Finished or ReplayState.Stopped or ReplayState.Failed;
}

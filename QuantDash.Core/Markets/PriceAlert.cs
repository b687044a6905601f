using QuantDash.Core.Primitives;

namespace QuantDash.Core.Markets;

public enum AlertDirection { Above, Below }

/// <summary>Life of a price alert. <see cref="Away"/>: the price is beyond the level and has to come back before it can be crossed. <see cref="Told"/> is final.</summary>
public enum AlertState { Armed, Away, Told }

/// <summary>A price at which the trader wants to be told, and nothing else is to happen.</summary>
public sealed record PriceAlert
{
    public const int LongestNote = 200;

    public required Guid Id { get; init; }
    public required SourceName Source { get; init; }
    public required Symbol Symbol { get; init; }

    /// <summary>On a tick of the contract.</summary>
    public required Price Level { get; init; }
    public required AlertDirection Direction { get; init; }

    /// <summary>Told at every crossing, a minute apart at least; else once.</summary>
    public bool Repeats { get; init; }
    public string? Note { get; init; }
    public AlertState State { get; init; }

    /// <summary>How often it was told.</summary>
    public int Times { get; init; }
    public DateTimeOffset? ToldAt { get; init; }
    public Price? ToldPrice { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Whether a price in ticks is at the level or beyond it.</summary>
    public bool IsReached(long ticks, long level) => Direction == AlertDirection.Above ? ticks >= level : ticks <= level;
}

/// <summary>What a person asks to be told.</summary>
public sealed record AlertRequest(SourceName Source, Symbol Symbol, Price Level, AlertDirection Direction, bool Repeats = false, string? Note = null);

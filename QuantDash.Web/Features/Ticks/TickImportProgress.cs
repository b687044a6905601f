using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Ticks;

/// <summary>What to import, and what to do about broken rows: refuse the whole file, or skip them and say which.</summary>
/// <param name="Symbol">For files without a symbol column; where there is one it is ignored.</param>
public sealed record TickImportRequest(string FileName, SourceName Source, string? Symbol, bool SkipBroken);

public enum TickImportState
{
    Queued,
    Running,

    /// <summary>Everything that was good is stored.</summary>
    Imported,

    /// <summary>Rows are broken, or it is no tick file: nothing was stored.</summary>
    Refused,
    Cancelled,

    /// <summary>Our own failure (a full disk): nothing was stored, or all of it will be at the next start.</summary>
    Failed,
}

/// <summary>One row that cannot be a tick. Line 1 is the header.</summary>
public sealed record BrokenRow(long Line, IReadOnlyList<Problem> Problems);

/// <summary>An import as it stands: immutable, the latest replaces the one before.</summary>
public sealed record TickImportProgress
{
    /// <summary>How many broken rows are kept with their problems.</summary>
    public const int MostBroken = 100;

    public required Guid Id { get; init; }
    public required TickImportRequest Request { get; init; }
    public required TickImportState State { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Share of the file that was read, 0 to 1; null when its size is unknown.</summary>
    public double? Progress { get; init; }
    public long Rows { get; init; }
    public long Accepted { get; init; }

    /// <summary>Repetitions of the row before: left out, not broken.</summary>
    public long Duplicates { get; init; }
    public long BrokenRows { get; init; }
    public IReadOnlyList<BrokenRow> Broken { get; init; } = [];

    /// <summary>How many of the accepted ticks were not stored before.</summary>
    public long? Added { get; init; }

    /// <summary>What is wrong with the file as a whole.</summary>
    public IReadOnlyList<Problem> Problems { get; init; } = [];
    public IReadOnlyList<string> Symbols { get; init; } = [];

    public bool IsOver => State is not (TickImportState.Queued or TickImportState.Running);
}

using System.Globalization;
using QuantDash.Core.Primitives;
using QuantDash.Web.Problems;

namespace QuantDash.Web.Features.Ticks;

/// <summary>An import as the API tells it, in the caller's language.</summary>
public sealed record TickImportAnswer
{
    public required Guid Id { get; init; }
    public required string File { get; init; }
    public required string Source { get; init; }
    public required TickImportState State { get; init; }

    /// <summary>0 to 1.</summary>
    public required double? Progress { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required DateTimeOffset? EndedAt { get; init; }
    public required long Rows { get; init; }
    public required long Accepted { get; init; }
    public required long Duplicates { get; init; }
    public required long? Added { get; init; }
    public required long BrokenRows { get; init; }

    /// <summary>The first hundred.</summary>
    public required IReadOnlyList<BrokenRowAnswer> Broken { get; init; }
    public required IReadOnlyList<string> Problems { get; init; }
    public required IReadOnlyList<string> Symbols { get; init; }

    public static TickImportAnswer Of(TickImportProgress progress, CultureInfo language) => new()
    {
        Id = progress.Id,
        File = progress.Request.FileName,
        Source = progress.Request.Source.Value,
        State = progress.State,
        Progress = progress.Progress,
        StartedAt = progress.StartedAt,
        EndedAt = progress.EndedAt,
        Rows = progress.Rows,
        Accepted = progress.Accepted,
        Duplicates = progress.Duplicates,
        Added = progress.Added,
        BrokenRows = progress.BrokenRows,
        Broken = [.. progress.Broken.Select(b => new BrokenRowAnswer(b.Line, Sentences(b.Problems, language)))],
        Problems = [.. progress.Problems.Select(p => ProblemSentences.Write(p, language))],
        Symbols = progress.Symbols,
    };

    private static Dictionary<string, string[]> Sentences(IReadOnlyList<Problem> problems, CultureInfo language) =>
        problems.GroupBy(p => p.Field, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Select(p => ProblemSentences.Write(p, language)).ToArray());
}

/// <param name="Line">Of the file; the header is line 1.</param>
/// <param name="Errors">Sentences by column.</param>
public sealed record BrokenRowAnswer(long Line, IReadOnlyDictionary<string, string[]> Errors);

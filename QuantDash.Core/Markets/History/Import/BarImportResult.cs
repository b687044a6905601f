using QuantDash.Core.Primitives;

namespace QuantDash.Core.Markets.History.Import;

/// <summary>A line that holds no usable bar, and everything that is wrong with it.</summary>
/// <param name="Line">The first line of a file is 1.</param>
public sealed record BadLine(string File, long Line, IReadOnlyList<Problem> Problems);

/// <summary>What became of the files of one import.</summary>
public sealed record BarImportResult
{
    /// <summary>What is to be stored; null when nothing is, and <see cref="Problems"/> say why.</summary>
    public BarColumns? Bars { get; init; }

    public IReadOnlyList<Problem> Problems { get; init; } = [];

    /// <summary>Lines that should have been bars.</summary>
    public required long Lines { get; init; }

    /// <summary>Lines that said once more what another had said.</summary>
    public required long Repeated { get; init; }

    public required long BadLineCount { get; init; }

    /// <summary>The first of them, in the order of files and lines.</summary>
    public required IReadOnlyList<BadLine> BadLines { get; init; }
}

using System.Globalization;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;
using QuantDash.Web.Problems;

namespace QuantDash.Web.Features.Ticks;

/// <summary>The verb <c>import</c>: a file from the command line, with or without a server running beside it.</summary>
public sealed class ImportCommand(TickImporter importer, TimeProvider clock)
{
    /// <summary>0: imported; 1: refused, nothing stored; 2: the arguments are wrong. Prints progress and every broken row it kept.</summary>
    public async Task<int> RunAsync(string path, string source, string? symbol, bool skipBroken, TextWriter output, CancellationToken stop)
    {
        if (!SourceName.IsValid(source)) return await WrongAsync(output, new("source", "not_a_source_name", source));
        if (!File.Exists(path)) return await WrongAsync(output, new("path", "unknown_file", path));

        var name = new SourceName(source);
        var start = new TickImportProgress
        {
            Id = Guid.NewGuid(), Request = new(Path.GetFileName(path), name, symbol, skipBroken), State = TickImportState.Running, StartedAt = clock.GetUtcNow(),
        };
        await using var file = File.OpenRead(path);
        var rules = new Source { Name = name, Clock = SourceClock.Ticks, CreatedAt = start.StartedAt };
        var end = await importer.RunAsync(start, rules, file, p => output.Write(Invariant($"\r{p.Progress:P0} {p.Rows} rows")), stop);
        output.WriteLine();
        foreach (var row in end.Broken)
        {
            foreach (var problem in row.Problems) output.WriteLine(Invariant($"line {row.Line}: {problem.Field}: {Sentence(problem)}"));
        }

        foreach (var problem in end.Problems) output.WriteLine(Sentence(problem));
        output.WriteLine(Invariant($"{end.State}: {end.Accepted} of {end.Rows} rows, {end.Added ?? 0} new, {end.Duplicates} repeated, {end.BrokenRows} broken"));
        return end.State == TickImportState.Imported ? 0 : 1;
    }

    private static async Task<int> WrongAsync(TextWriter output, Problem problem)
    {
        await output.WriteLineAsync($"{problem.Field}: {Sentence(problem)}");
        return 2;
    }

    private static string Sentence(Problem problem) => ProblemSentences.Write(problem, RequestLanguage.Nearest(CultureInfo.CurrentUICulture));

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}

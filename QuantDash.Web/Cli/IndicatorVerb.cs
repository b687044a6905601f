using QuantDash.Core.Indicators;

namespace QuantDash.Web.Cli;

/// <summary><c>indicators</c>: a file of bars in, a file of values out; needs no database and no QuantDash running. Ends with 0 when it was written, 2 when the arguments or the file are
/// wrong: every mistake is told, and nothing is written.</summary>
internal static class IndicatorVerb
{
    private const string Usage = "indicators <name> [--<parameter> <value> …] [--source <field>] --in bars.csv [--out values.csv]\nindicators list";
    private const int ShownMistakes = 20;

    public static async Task<int> RunAsync(string[] words, TextWriter output, TextWriter error, CancellationToken stop)
    {
        if (words is ["list"])
        {
            await output.WriteAsync(IndicatorList.All());
            return 0;
        }

        if (words is not [var name, ..] || name.StartsWith('-')) return await WrongAsync(error, [Usage]);
        if (IndicatorCatalogue.Find(name.Replace('-', '_')) is not { } declaration) return await WrongAsync(error, [$"There is no indicator {name}. There are: {string.Join(", ", IndicatorCatalogue.All.Select(one => one.Name))}."]);
        if (words.Length == 1) return await WrongAsync(error, [Usage, IndicatorList.Of(declaration)]);
        var arguments = IndicatorArguments.Read(declaration, words[1..]);
        if (arguments.Mistakes.Count > 0) return await WrongAsync(error, arguments.Mistakes);
        try
        {
            var file = BarFile.Read(await ReadAsync(arguments.In!, stop));
            if (file.Mistakes.Count > 0) return await WrongAsync(error, file.Mistakes);
            if (!IndicatorValues.TryWrite(declaration, arguments.Indicator!, file, out var text, out var refused)) return await WrongAsync(error, [refused]);
            await WriteAsync(arguments.Out, text, output, stop);
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return await WrongAsync(error, [e.Message]);
        }
    }

    private static async Task<string> ReadAsync(string path, CancellationToken stop)
    {
        await using var file = File.OpenRead(path);
        await using var plain = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new System.IO.Compression.GZipStream(file, System.IO.Compression.CompressionMode.Decompress) : (Stream)file;
        using var reader = new StreamReader(plain);
        return await reader.ReadToEndAsync(stop);
    }

    /// <summary>Whole or not at all.</summary>
    private static async Task WriteAsync(string? path, string text, TextWriter output, CancellationToken stop)
    {
        if (path is null)
        {
            await output.WriteAsync(text);
            return;
        }

        var part = path + ".part";
        await File.WriteAllTextAsync(part, text, stop);
        File.Move(part, path, overwrite: true);
    }

    private static async Task<int> WrongAsync(TextWriter error, IReadOnlyList<string> mistakes)
    {
        foreach (var mistake in mistakes.Take(ShownMistakes)) await error.WriteLineAsync(mistake);
        if (mistakes.Count > ShownMistakes) await error.WriteLineAsync($"… and {mistakes.Count - ShownMistakes} more.");
        return CommandLine.WrongUsage;
    }
}

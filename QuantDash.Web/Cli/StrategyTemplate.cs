using System.Text;
using System.Text.RegularExpressions;

namespace QuantDash.Web.Cli;

/// <summary>The files of <c>strategies/template</c>, under a name of one's own.</summary>
internal static partial class StrategyTemplate
{
    private const string Placeholder = "MyStrategy";
    private const string PlaceholderWords = "my-strategy";
    private const string Resources = "QuantDash.Web.Strategies.Template.";

    public static bool IsName(string name) => Name().IsMatch(name);

    /// <summary>Never over a file that is there.</summary>
    /// <returns>What was written.</returns>
    public static async Task<IReadOnlyList<string>> WriteAsync(string name, string folder, CancellationToken stop)
    {
        (string Path, string Text)[] files = [(Path.Combine(folder, name + ".csproj"), Project(name)), (Path.Combine(folder, name + ".cs"), Filled(".cs", name))];
        if (files.FirstOrDefault(file => File.Exists(file.Path)) is { Path: { } there }) throw new IOException($"{there} is there already: nothing was written.");
        Directory.CreateDirectory(folder);
        foreach (var (path, text) in files) await File.WriteAllTextAsync(path, text, stop);
        return [.. files.Select(file => file.Path)];
    }

    private static string Project(string name) => CorePath().Replace(Filled(".csproj", name), $"<QuantDashCore>{Path.Combine(AppContext.BaseDirectory, "QuantDash.Core.dll")}</QuantDashCore>");

    private static string Filled(string extension, string name)
    {
        using var stream = typeof(StrategyTemplate).Assembly.GetManifestResourceStream(Resources + Placeholder + extension) ?? throw new InvalidOperationException($"The template {extension} is not in the program.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Replace(Placeholder, name, StringComparison.Ordinal).Replace(PlaceholderWords, Words(name), StringComparison.Ordinal);
    }

    /// <summary>RsiReversal2 is rsi-reversal2.</summary>
    private static string Words(string name)
    {
        var words = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsAsciiLetterUpper(name[i]) && !char.IsAsciiLetterUpper(name[i - 1])) words.Append('-');
            words.Append(char.ToLowerInvariant(name[i]));
        }

        return words.ToString();
    }

    [GeneratedRegex("^[A-Z][A-Za-z0-9]{0,59}$", RegexOptions.None, matchTimeoutMilliseconds: 100)]
    private static partial Regex Name();

    [GeneratedRegex("<QuantDashCore>[^<]*</QuantDashCore>", RegexOptions.None, matchTimeoutMilliseconds: 100)]
    private static partial Regex CorePath();
}

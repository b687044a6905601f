using System.Globalization;
using QuantDash.Core.Indicators;

namespace QuantDash.Web.Cli;

/// <summary>The options after <c>indicators &lt;name&gt;</c>: <c>--name value</c> or <c>--name=value</c>, each at most once. A parameter may be written with hyphens or underscores.</summary>
internal sealed class IndicatorArguments
{
    private readonly List<string> _mistakes = [];
    private readonly Dictionary<string, string> _options = new(StringComparer.Ordinal);

    private IndicatorArguments()
    {
    }

    public IReadOnlyList<string> Mistakes => _mistakes;
    public string? In => _options.GetValueOrDefault("in");

    /// <summary>Null: to standard output.</summary>
    public string? Out => _options.GetValueOrDefault("out");

    /// <summary>A fresh one; null when there are mistakes.</summary>
    public Indicator? Indicator { get; private set; }

    public static IndicatorArguments Read(IndicatorDeclaration declaration, string[] words)
    {
        var arguments = new IndicatorArguments();
        arguments.TakePairs(declaration, words);
        if (!arguments._options.ContainsKey("in")) arguments._mistakes.Add("--in is missing: a file with the columns timestamp,open,high,low,close,volume.");
        else if (!File.Exists(arguments.In)) arguments._mistakes.Add($"--in: there is no file {arguments.In}.");
        arguments.Make(declaration);
        return arguments;
    }

    private void TakePairs(IndicatorDeclaration declaration, string[] words)
    {
        var known = declaration.Parameters.Select(parameter => parameter.Name).Concat(["in", "out"]).Concat(declaration.TakesSource ? ["source"] : []).ToList();
        for (var i = 0; i < words.Length; i++)
        {
            var (word, value) = words[i].Split('=', 2) is [var before, var after] ? (before, after) : (words[i], i + 1 < words.Length ? words[++i] : null);
            if (IsOfHost(word)) continue;
            var name = word.StartsWith("--", StringComparison.Ordinal) ? word[2..].Replace('-', '_') : null;
            if (name is null || !known.Contains(name)) _mistakes.Add($"{word}: {declaration.Name} knows {string.Join(", ", known.Select(Option))}.");
            else if (value is null) _mistakes.Add($"{word}: the value is missing.");
            else if (!_options.TryAdd(name, value)) _mistakes.Add($"{word} is there twice.");
        }
    }

    /// <summary>Configuration may be given beside any verb.</summary>
    private static bool IsOfHost(string word) => word is "--urls" or "--environment" || word.Contains(':', StringComparison.Ordinal);

    private void Make(IndicatorDeclaration declaration)
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var parameter in declaration.Parameters.Where(parameter => _options.ContainsKey(parameter.Name)))
        {
            var text = _options[parameter.Name];
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && parameter.Allows(value)) values[parameter.Name] = value;
            else _mistakes.Add($"{Option(parameter.Name)} is {text}; allowed: {parameter.Allowed}.");
        }

        var source = BarField.Close;
        if (_options.TryGetValue("source", out var field) && (!Enum.TryParse(field, ignoreCase: true, out source) || int.TryParse(field, CultureInfo.InvariantCulture, out _)))
            _mistakes.Add($"--source is {field}; allowed: {string.Join(", ", Enum.GetNames<BarField>()).ToLowerInvariant()}.");
        if (_mistakes.Count > 0) return;
        try
        {
            Indicator = declaration.Create(values, source);
        }
        catch (RefusedValueException refused)
        {
            _mistakes.Add(refused.Reason);
        }
    }

    private static string Option(string name) => "--" + name.Replace('_', '-');
}

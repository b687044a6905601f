using System.Globalization;
using QuantDash.Core.Hosting;
using QuantDash.Core.Strategies;
using QuantDash.Web.Problems;

namespace QuantDash.Web.Cli;

/// <summary>Reads the arguments of a backtest one by one and keeps everything that is wrong with them.</summary>
internal sealed class WishReader(string verb, VerbArguments arguments)
{
    private readonly List<string> _mistakes = [];

    /// <summary>What is wrong; empty: nothing.</summary>
    public IReadOnlyList<string> Mistakes => _mistakes;

    public void Refuse(string mistake) => _mistakes.Add(mistake);

    public void Refuse(IEnumerable<string> mistakes) => _mistakes.AddRange(mistakes);

    /// <summary>Options the verb does not have, and those given twice.</summary>
    public void Know(IReadOnlyCollection<string> known)
    {
        Refuse(arguments.Options.Except(known).Select(option => $"{option} is no option of {verb}"));
        Refuse(arguments.Options.CountBy(option => option).Where(count => count.Value > 1 && count.Key != "--set").Select(count => $"{count.Key} is given twice"));
    }

    /// <summary>The strategy with its parameters; null when something about them is wrong.</summary>
    public (StrategyDefinition Definition, ParameterValues Values)? Strategy(IStrategyDefinitions strategies)
    {
        var names = string.Join(", ", strategies.All.Select(strategy => strategy.Name));
        if (arguments.First is not { } name) Refuse($"Which strategy? There are: {names}");
        else if (strategies.Find(name) is not { } definition) Refuse($"There is no strategy '{name}'; there are: {names}");
        else if (Values(definition) is { } values) return (definition, values);
        return null;
    }

    public string Required(string option)
    {
        if (arguments.Value(option) is { Length: > 0 } value && !value.StartsWith("--", StringComparison.Ordinal)) return value;
        Refuse($"{option} is needed");
        return "";
    }

    /// <summary>Where the result goes; its folder has to be there.</summary>
    public string Out()
    {
        var path = Required("--out");
        if (path.Length > 0 && Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder)) Refuse($"--out: there is no folder {folder}");
        return path;
    }

    /// <summary>Null when it is not given, or wrong and said so.</summary>
    public DateOnly? Day(string option)
    {
        if (!arguments.Has(option)) return null;
        var text = arguments.Value(option);
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        Refuse($"{option}: a day such as 2024-01-31 is wanted, not '{text}'");
        return null;
    }

    /// <inheritdoc cref="Day"/>
    public decimal? Whole(string option, decimal most)
    {
        var number = Number(option, 0m, most);
        if (number is null || number == decimal.Truncate(number.Value)) return number;
        Refuse($"{option}: a whole number is wanted");
        return null;
    }

    /// <inheritdoc cref="Day"/>
    public decimal? Number(string option, decimal from, decimal to)
    {
        if (!arguments.Has(option)) return null;
        var text = arguments.Value(option);
        if (decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number >= from && number <= to) return number;
        Refuse(string.Create(CultureInfo.InvariantCulture, $"{option}: a number from {from} to {to} is wanted, not '{text}'"));
        return null;
    }

    private ParameterValues? Values(StrategyDefinition definition)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var text in arguments.Values("--set"))
        {
            if (text.IndexOf('=', StringComparison.Ordinal) is var at and > 0) pairs.Add(new(text[..at], text[(at + 1)..]));
            else Refuse($"--set {text}: name=value is wanted");
        }

        var bound = definition.Bind(pairs);
        var language = RequestLanguage.Nearest(CultureInfo.CurrentUICulture);
        Refuse(bound.Problems.Select(problem => $"{problem.Field}: {ProblemSentences.Write(problem, language)}"));
        return bound.Succeeded ? bound.Value : null;
    }
}

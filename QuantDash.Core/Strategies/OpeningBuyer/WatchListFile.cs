using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Strategies.OpeningBuyer;

/// <summary>A watch list as a YAML file of this one shape: <c>markets:</c>, below it a market, below that a line <c>- code</c> for each contract. Spellings are those of <see cref="SymbolParser"/>;
/// the market's own name may be left out.</summary>
public static class WatchListFile
{
    private const string Field = "watch_list";

    private static readonly Dictionary<string, string?> Markets = new(StringComparer.OrdinalIgnoreCase)
    {
        ["hk"] = "HK", ["us"] = "US", ["binance"] = "BINANCE", ["cn"] = null, ["shfe"] = "SHFE", ["ine"] = "INE", ["dce"] = "DCE", ["czce"] = "CZCE", ["cffex"] = "CFFEX", ["gfex"] = "GFEX",
    };

    /// <summary>The contracts in the order they stand there, or everything that is wrong, by line. Nobody looked whether they are in a catalog.</summary>
    public static Outcome<IReadOnlyList<Symbol>> Read(string text, SymbolParser spellings, DateOnly asOf)
    {
        var problems = new List<Problem>();
        var found = new Dictionary<Symbol, int>();
        var (hasRoot, market) = (false, (string?)null);
        foreach (var (index, raw) in text.ReplaceLineEndings("\n").Split('\n').Index())
        {
            var (number, line) = (index + 1, WithoutComment(raw).TrimEnd());
            var (indent, content) = (line.Length - line.TrimStart(' ').Length, line.Trim());
            if (content.Length == 0 || content == "---") continue;
            if (!hasRoot && indent == 0 && content == "markets:") hasRoot = true;
            else if (hasRoot && indent > 0 && content.StartsWith("- ", StringComparison.Ordinal) && market is not null) ReadCode(number, Unquoted(content[2..].Trim()), market);
            else if (hasRoot && indent > 0 && content is [.. var name, ':'] && name.All(char.IsAsciiLetter)) ReadMarket(number, name);
            else problems.Add(new(Field, "watch_list_shape", number, content));
        }
        if (problems.Count == 0 && found.Count == 0) problems.Add(new(Field, "watch_list_empty"));
        return problems.Count > 0 ? Outcome<IReadOnlyList<Symbol>>.Failure(problems) : Outcome<IReadOnlyList<Symbol>>.Success([.. found.OrderBy(entry => entry.Value).Select(entry => entry.Key)]);

        void ReadMarket(int number, string name)
        {
            market = name;
            if (!Markets.ContainsKey(name)) problems.Add(new(Field, "watch_list_market", number, name, string.Join(", ", Markets.Keys)));
        }

        void ReadCode(int number, string code, string name)
        {
            if (!Markets.TryGetValue(name, out var exchange)) return;
            var spelled = spellings.Parse(exchange is null || code.Contains('.', StringComparison.Ordinal) ? code : $"{exchange}.{code}", asOf);
            if (!spelled.Succeeded || !Belongs(spelled.Value, exchange)) problems.Add(new(Field, "watch_list_symbol", number, code, name));
            else if (!found.TryAdd(spelled.Value, number)) problems.Add(new(Field, "watch_list_twice", number, spelled.Value, found[spelled.Value]));
        }
    }

    private static bool Belongs(Symbol symbol, string? exchange) => exchange is null ? symbol.Exchange is not ("HK" or "US" or "BINANCE") : symbol.Exchange == exchange;

    /// <summary>A comment begins a line or follows a space.</summary>
    private static string WithoutComment(string line)
    {
        for (var i = line.IndexOf('#', StringComparison.Ordinal); i >= 0; i = line.IndexOf('#', i + 1))
            if (i == 0 || line[i - 1] is ' ' or '\t') return line[..i];
        return line;
    }

    private static string Unquoted(string code) => code is ['"', .., '"'] or ['\'', .., '\''] ? code[1..^1] : code;
}

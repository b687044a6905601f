using System.Globalization;
using QuantDash.Core.Backtesting.Ticks;
using QuantDash.Core.Hosting;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Primitives;
using QuantDash.Core.Simulation;
using QuantDash.Web.Problems;

namespace QuantDash.Web.Cli;

/// <summary>The arguments of <c>backtest-ticks</c>, read and checked all at once.</summary>
internal sealed class TickBacktestWish
{
    public const string Usage = """
        backtest-ticks <strategy> --symbols <a[,b]> --source <stored ticks> --from <day> --to <day> --timeframe <1m to 12h> --out <result.json> [--set <name=value>]... [--cash <amount>, 1000000]
          [--latency-ms <n>, 0] [--jitter-ms <n>, 0] [--seed <n>, 1] [--sessions-always] [--expiry-none]
        """;

    private const int MostSymbols = 20;
    private const decimal MostMilliseconds = 60_000m;
    private static readonly string[] Options = ["--symbols", "--source", "--from", "--to", "--timeframe", "--out", "--set", "--cash", "--latency-ms", "--jitter-ms", "--seed", "--sessions-always", "--expiry-none"];

    private readonly VerbArguments _arguments;
    private readonly List<string> _mistakes = [];

    private TickBacktestWish(VerbArguments arguments) => _arguments = arguments;

    /// <summary>What is wrong; empty: nothing.</summary>
    public IReadOnlyList<string> Mistakes => _mistakes;
    public TickBacktestRequest? Request { get; private set; }
    public string Out { get; private set; } = "";

    public static TickBacktestWish Read(VerbArguments arguments, IStrategyDefinitions strategies, ContractCatalog catalog)
    {
        var wish = new TickBacktestWish(arguments);
        foreach (var option in arguments.Options.Except(Options)) wish._mistakes.Add($"{option} is no option of backtest-ticks");
        foreach (var option in arguments.Options.CountBy(option => option).Where(count => count.Value > 1 && count.Key != "--set")) wish._mistakes.Add($"{option.Key} is given twice");
        wish.ReadAll(strategies, catalog);
        return wish;
    }

    private void ReadAll(IStrategyDefinitions strategies, ContractCatalog catalog)
    {
        var (from, to) = (Day("--from"), Day("--to"));
        var contracts = Contracts(catalog, from);
        var (source, timeframe) = (Source(), TimeframeOf());
        var parameters = Parameters(strategies);
        var cash = Number("--cash", 0.01m, 1_000_000_000_000m) ?? 1_000_000m;
        var latency = Latency();
        Out = Required("--out");
        if (Out.Length > 0 && Path.GetDirectoryName(Path.GetFullPath(Out)) is { } folder && !Directory.Exists(folder)) _mistakes.Add($"--out: there is no folder {folder}");
        if (from > to) _mistakes.Add("--to is before --from");
        if (_mistakes.Count > 0) return;
        var symbols = contracts.Select(contract => contract.Symbol).ToList();
        Request = new()
        {
            Source = new() { Name = source, Clock = SourceClock.Ticks, SessionsAlways = _arguments.Has("--sessions-always"), ExpiryNone = _arguments.Has("--expiry-none"), CreatedAt = DateTimeOffset.UnixEpoch },
            Symbols = symbols,
            From = from,
            To = to,
            Cash = new(cash, contracts[0].Currency),
            Strategy = new(_arguments.First!, symbols, timeframe, parameters),
            Latency = latency,
        };
    }

    private IReadOnlyDictionary<string, string> Parameters(IStrategyDefinitions strategies)
    {
        var names = string.Join(", ", strategies.All.Select(strategy => strategy.Name));
        if (_arguments.First is not { } name) return Nothing($"Which strategy? There are: {names}");
        if (strategies.Find(name) is not { } definition) return Nothing($"There is no strategy '{name}'; there are: {names}");
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var text in _arguments.Values("--set"))
        {
            if (text.IndexOf('=', StringComparison.Ordinal) is var at and > 0) pairs.Add(new(text[..at], text[(at + 1)..]));
            else _mistakes.Add($"--set {text}: name=value is wanted");
        }

        var bound = definition.Bind(pairs);
        var language = RequestLanguage.Nearest(CultureInfo.CurrentUICulture);
        _mistakes.AddRange(bound.Problems.Select(problem => $"{problem.Field}: {ProblemSentences.Write(problem, language)}"));
        return bound.Succeeded ? bound.Value.Texts : Nothing(null);
    }

    private Dictionary<string, string> Nothing(string? mistake)
    {
        if (mistake is not null) _mistakes.Add(mistake);
        return [];
    }

    private List<Contract> Contracts(ContractCatalog catalog, DateOnly asOf)
    {
        var contracts = new List<Contract>();
        foreach (var text in Required("--symbols").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var found = catalog.Resolve(text, asOf, "--symbols");
            if (found.Succeeded) contracts.Add(found.Value);
            else _mistakes.AddRange(found.Problems.Select(problem => $"--symbols: {ProblemSentences.Write(problem, RequestLanguage.Nearest(CultureInfo.CurrentUICulture))}"));
        }

        if (contracts.Count > MostSymbols) _mistakes.Add($"--symbols: at most {MostSymbols}");
        if (contracts.DistinctBy(contract => contract.Symbol).Count() != contracts.Count) _mistakes.Add("--symbols: one is there twice");
        if (contracts.DistinctBy(contract => contract.Currency).Count() > 1) _mistakes.Add("--symbols: they trade in different currencies");
        return contracts;
    }

    private SourceName Source()
    {
        var text = Required("--source");
        if (SourceName.IsValid(text)) return new(text);
        if (text.Length > 0) _mistakes.Add($"--source: 1 to 64 of a-z, 0-9, _ and - is wanted, not '{text}'");
        return default;
    }

    private Timeframe TimeframeOf()
    {
        var text = Required("--timeframe");
        if (Timeframe.TryParse(text, out var timeframe) && !timeframe.IsDay) return timeframe;
        if (text.Length > 0) _mistakes.Add($"--timeframe: 1m to 720m or 1h to 12h is wanted, not {text}");
        return default;
    }

    private OrderLatency? Latency()
    {
        var (latency, jitter) = (Number("--latency-ms", 0m, MostMilliseconds) ?? 0m, Number("--jitter-ms", 0m, MostMilliseconds) ?? 0m);
        var seed = Number("--seed", 0m, long.MaxValue) ?? 1m;
        if (seed != decimal.Truncate(seed)) _mistakes.Add("--seed: a whole number is wanted");
        return latency + jitter == 0m ? null : new(TimeSpan.FromMilliseconds((double)latency), TimeSpan.FromMilliseconds((double)jitter), (ulong)seed);
    }

    private DateOnly Day(string option)
    {
        var text = Required(option);
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        if (text.Length > 0) _mistakes.Add($"{option}: a day such as 2024-01-31 is wanted, not '{text}'");
        return default;
    }

    private decimal? Number(string option, decimal from, decimal to)
    {
        if (!_arguments.Has(option)) return null;
        var text = _arguments.Value(option);
        if (decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number >= from && number <= to) return number;
        _mistakes.Add(string.Create(CultureInfo.InvariantCulture, $"{option}: a number from {from} to {to} is wanted, not '{text}'"));
        return null;
    }

    private string Required(string option)
    {
        if (_arguments.Value(option) is { Length: > 0 } value && !value.StartsWith("--", StringComparison.Ordinal)) return value;
        _mistakes.Add($"{option} is needed");
        return "";
    }
}

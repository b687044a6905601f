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
    private readonly WishReader _reader;

    private TickBacktestWish(VerbArguments arguments) => (_arguments, _reader) = (arguments, new("backtest-ticks", arguments));

    /// <summary>What is wrong; empty: nothing.</summary>
    public IReadOnlyList<string> Mistakes => _reader.Mistakes;
    public TickBacktestRequest? Request { get; private set; }
    public string Out { get; private set; } = "";

    public static TickBacktestWish Read(VerbArguments arguments, IStrategyDefinitions strategies, ContractCatalog catalog)
    {
        var wish = new TickBacktestWish(arguments);
        wish._reader.Know(Options);
        wish.ReadAll(strategies, catalog);
        return wish;
    }

    private void ReadAll(IStrategyDefinitions strategies, ContractCatalog catalog)
    {
        var (from, to) = (Day("--from"), Day("--to"));
        var contracts = Contracts(catalog, from);
        var (source, timeframe) = (Source(), TimeframeOf());
        var chosen = _reader.Strategy(strategies);
        var cash = _reader.Number("--cash", 0.01m, 1_000_000_000_000m) ?? 1_000_000m;
        var latency = Latency();
        Out = _reader.Out();
        if (from > to) _reader.Refuse("--to is before --from");
        if (Mistakes.Count > 0) return;
        var symbols = contracts.Select(contract => contract.Symbol).ToList();
        Request = new()
        {
            Source = new() { Name = source, Clock = SourceClock.Ticks, SessionsAlways = _arguments.Has("--sessions-always"), ExpiryNone = _arguments.Has("--expiry-none"), CreatedAt = DateTimeOffset.UnixEpoch },
            Symbols = symbols,
            From = from,
            To = to,
            Cash = new(cash, contracts[0].Currency),
            Strategy = new(_arguments.First!, symbols, timeframe, chosen!.Value.Values.Texts),
            Latency = latency,
        };
    }

    private List<Contract> Contracts(ContractCatalog catalog, DateOnly asOf)
    {
        var contracts = new List<Contract>();
        foreach (var text in _reader.Required("--symbols").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var found = catalog.Resolve(text, asOf, "--symbols");
            if (found.Succeeded) contracts.Add(found.Value);
            else _reader.Refuse(found.Problems.Select(problem => $"--symbols: {ProblemSentences.Write(problem, RequestLanguage.Nearest(CultureInfo.CurrentUICulture))}"));
        }

        if (contracts.Count > MostSymbols) _reader.Refuse($"--symbols: at most {MostSymbols}");
        if (contracts.DistinctBy(contract => contract.Symbol).Count() != contracts.Count) _reader.Refuse("--symbols: one is there twice");
        if (contracts.DistinctBy(contract => contract.Currency).Count() > 1) _reader.Refuse("--symbols: they trade in different currencies");
        return contracts;
    }

    private SourceName Source()
    {
        var text = _reader.Required("--source");
        if (SourceName.IsValid(text)) return new(text);
        if (text.Length > 0) _reader.Refuse($"--source: 1 to 64 of a-z, 0-9, _ and - is wanted, not '{text}'");
        return default;
    }

    private Timeframe TimeframeOf()
    {
        var text = _reader.Required("--timeframe");
        if (Timeframe.TryParse(text, out var timeframe) && !timeframe.IsDay) return timeframe;
        if (text.Length > 0) _reader.Refuse($"--timeframe: 1m to 720m or 1h to 12h is wanted, not {text}");
        return default;
    }

    private OrderLatency? Latency()
    {
        var (latency, jitter) = (_reader.Number("--latency-ms", 0m, MostMilliseconds) ?? 0m, _reader.Number("--jitter-ms", 0m, MostMilliseconds) ?? 0m);
        var seed = _reader.Whole("--seed", long.MaxValue) ?? 1m;
        return latency + jitter == 0m ? null : new(TimeSpan.FromMilliseconds((double)latency), TimeSpan.FromMilliseconds((double)jitter), (ulong)seed);
    }

    /// <summary>One that has to be given.</summary>
    private DateOnly Day(string option)
    {
        if (!_arguments.Has(option)) _reader.Refuse($"{option} is needed");
        return _reader.Day(option) ?? default;
    }
}

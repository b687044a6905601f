using System.Globalization;
using QuantDash.Core.Backtesting;
using QuantDash.Core.Hosting;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Markets.History.Adjustment;
using QuantDash.Core.Strategies;
using QuantDash.Web.Features.Backtests;
using QuantDash.Web.Problems;

namespace QuantDash.Web.Cli;

/// <summary>The arguments of <c>backtest</c>, read and checked all at once.</summary>
internal sealed class BacktestWish
{
    private static readonly string[] Known =
    [
        "--in", "--symbol", "--set", "--cash", "--commission", "--slippage-ticks", "--fill", "--path", "--limit-fill", "--volume-share", "--price-limits", "--seed", "--timestamps", "--tick",
        "--multiplier", "--margin", "--volume-step", "--funding", "--out", "--from", "--to", "--timeframe", "--source", "--adjust", "--adjust-method", "--factors", "--rolls",
    ];

    /// <summary>Which bars of the store; a file has none of it.</summary>
    private static readonly string[] OfTheStore = ["--from", "--to", "--timeframe", "--source", "--adjust", "--adjust-method", "--factors", "--rolls"];

    private readonly List<string> _mistakes = [];
    private readonly VerbArguments _arguments;
    private readonly IStrategyDefinitions _strategies;

    private BacktestWish(VerbArguments arguments, IStrategyDefinitions strategies) => (_arguments, _strategies) = (arguments, strategies);

    public static string UsageOf(IStrategyDefinitions strategies) =>
        $"""
        backtest <{string.Join('|', strategies.All.Select(strategy => strategy.Name))}|one of your own> [--in <bars.csv[.gz]>] --symbol <symbol> --out <result.json> [--set <name=value>]... [--cash <amount>, 1000000]
          [--commission <share of value, e.g. 0.002>] [--slippage-ticks <n>, 0] [--fill next-open|same-close] [--path pessimistic|high-first|low-first|nearest-first] [--limit-fill through|touch]
          [--volume-share <0 to 1>] [--price-limits on|off] [--seed <n>] [--timestamps start|end] [--tick <n>] [--multiplier <n>] [--margin <0 to 1>] [--volume-step <n>] [--funding <rates.csv>]
          without --in, over stored bars: [--timeframe <1m to 12h, 1d>] [--from <day>] [--to <day>] [--source <name>] [--adjust raw|forward|backward] [--adjust-method ratio|additive] [--factors <file>] [--rolls <file>]
        """;

    public bool Succeeded => _mistakes.Count == 0;
    public IReadOnlyList<string> Mistakes => _mistakes;
    public StrategyDefinition? Definition { get; private set; }
    public ParameterValues? Values { get; private set; }

    /// <summary>Null: stored bars.</summary>
    public string? In { get; private set; }

    /// <summary>Which stored bars, where there is no file.</summary>
    public BarWish Stored { get; private set; } = new("", null, null, null, null);
    public string Out { get; private set; } = "";

    /// <summary>Null: none is paid.</summary>
    public string? Funding { get; private set; }
    public string Symbol { get; private set; } = "";
    public bool TimesAreEnds { get; private set; }
    public BacktestOptions Options { get; private set; } = new() { Cash = 1_000_000m };
    public ContractOverrides Contract { get; private set; } = new(null, null, null, null);

    public static BacktestWish Read(VerbArguments arguments, IStrategyDefinitions strategies)
    {
        var wish = new BacktestWish(arguments, strategies);
        foreach (var option in arguments.Options.Except(Known)) wish._mistakes.Add($"{option} is no option of backtest");
        foreach (var option in arguments.Options.CountBy(option => option).Where(count => count.Value > 1 && count.Key != "--set")) wish._mistakes.Add($"{option.Key} is given twice");
        if (arguments.Options.Count(option => option == "--set") != arguments.Values("--set").Count) wish._mistakes.Add("--set: name=value is wanted after it");
        wish.ReadStrategy();
        wish.ReadFiles();
        wish.ReadOptions();
        wish.Contract = new(
            wish.Number("--tick", 0.00000001m, 1_000_000m), wish.Number("--multiplier", 0.00000001m, 1_000_000m), wish.Number("--margin", 0.001m, 1m), wish.Number("--volume-step", 0.00000001m, 1_000_000m));
        return wish;
    }

    private void ReadStrategy()
    {
        var names = string.Join(", ", _strategies.All.Select(strategy => strategy.Name));
        if (_arguments.First is not { } name) _mistakes.Add($"Which strategy? There are: {names}");
        else if (_strategies.Find(name) is not { } definition) _mistakes.Add($"There is no strategy '{name}'; there are: {names}");
        else Bind(definition);
    }

    private void Bind(StrategyDefinition definition)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var text in _arguments.Values("--set"))
        {
            if (text.IndexOf('=', StringComparison.Ordinal) is var at and > 0) pairs.Add(new(text[..at], text[(at + 1)..]));
            else _mistakes.Add($"--set {text}: name=value is wanted");
        }
        var bound = definition.Bind(pairs);
        var language = RequestLanguage.Nearest(CultureInfo.CurrentUICulture);
        if (bound.Succeeded) (Definition, Values) = (definition, bound.Value);
        else _mistakes.AddRange(bound.Problems.Select(problem => $"{problem.Field}: {ProblemSentences.Write(problem, language)}"));
    }

    private void ReadFiles()
    {
        (Out, Symbol) = (Required("--out"), Required("--symbol"));
        if (_arguments.Has("--in")) In = Required("--in");
        else ReadStore();
        Funding = _arguments.Has("--funding") ? Required("--funding") : null;
        if (Funding is { Length: > 0 } rates && !File.Exists(rates)) _mistakes.Add($"--funding: there is no file {rates}");
        if (In is not null) _mistakes.AddRange(_arguments.Options.Intersect(OfTheStore).Select(option => $"{option} is for stored bars: not together with --in"));
        if (In is { Length: > 0 } && !File.Exists(In)) _mistakes.Add($"--in: there is no file {In}");
        if (Out.Length > 0 && Path.GetDirectoryName(Path.GetFullPath(Out)) is { } folder && !Directory.Exists(folder)) _mistakes.Add($"--out: there is no folder {folder}");
    }

    private void ReadStore()
    {
        Timeframe? timeframe = null;
        if (_arguments.Value("--timeframe") is { } text)
        {
            if (Timeframe.TryParse(text, out var read)) timeframe = read;
            else _mistakes.Add($"--timeframe: 1m to 720m, 1h to 12h or 1d is wanted, not {text}");
        }

        Stored = new(
            Symbol, _arguments.Value("--source"), timeframe, Day("--from"), Day("--to"),
            Choice("--adjust", "raw", ("raw", AdjustmentDirection.Raw), ("forward", AdjustmentDirection.Forward), ("backward", AdjustmentDirection.Backward)),
            Choice("--adjust-method", "ratio", ("ratio", AdjustmentMethod.Ratio), ("additive", AdjustmentMethod.Additive)), Existing("--factors"), Existing("--rolls"));
        if (_arguments.Has("--timestamps")) _mistakes.Add("--timestamps is for a file: stored bars know their times");
        if (_arguments.Has("--source") && _arguments.Value("--source") is null) _mistakes.Add("--source needs a value");
    }

    private DateOnly? Day(string option)
    {
        if (!_arguments.Has(option)) return null;
        if (DateOnly.TryParseExact(_arguments.Value(option), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        _mistakes.Add($"{option}: a day such as 2024-01-31 is wanted");
        return null;
    }

    private string? Existing(string option)
    {
        if (!_arguments.Has(option)) return null;
        if (_arguments.Value(option) is not { } path || !File.Exists(path)) _mistakes.Add($"{option}: there is no file {_arguments.Value(option)}");
        return _arguments.Value(option);
    }

    private void ReadOptions()
    {
        TimesAreEnds = Choice("--timestamps", "start", ("start", false), ("end", true));
        var commission = Number("--commission", 0m, 0.5m) is { } share ? new FeeRate(FeeBasis.ByMoney, share) : (FeeRate?)null;
        Options = new()
        {
            Cash = Number("--cash", 0.01m, 1_000_000_000_000m) ?? 1_000_000m,
            Fees = commission is { } fee ? new(fee, fee, fee) : null,
            Slippage = new SlippageModel.Ticks((long)(Whole("--slippage-ticks", 10_000) ?? 0)),
            Fill = Choice("--fill", "next-open", ("next-open", FillTiming.NextOpen), ("same-close", FillTiming.SameClose)),
            Path = Choice("--path", "pessimistic", ("pessimistic", BarPath.Pessimistic), ("high-first", BarPath.HighFirst), ("low-first", BarPath.LowFirst), ("nearest-first", BarPath.NearestFirst)),
            LimitFill = Choice("--limit-fill", "through", ("through", LimitFill.Through), ("touch", LimitFill.Touch)),
            VolumeShare = Number("--volume-share", 0.000001m, 1m),
            PriceLimits = Choice("--price-limits", "on", ("on", true), ("off", false)),
            Seed = Whole("--seed", ulong.MaxValue) is { } seed ? (ulong)seed : 1,
        };
    }

    private string Required(string option)
    {
        if (_arguments.Value(option) is { Length: > 0 } value && !value.StartsWith("--", StringComparison.Ordinal)) return value;
        _mistakes.Add($"{option} is needed");
        return "";
    }

    private decimal? Whole(string option, decimal most)
    {
        var number = Number(option, 0m, most);
        if (number is null || number == decimal.Truncate(number.Value)) return number;
        _mistakes.Add($"{option}: a whole number is wanted");
        return null;
    }

    /// <summary>Null when it is not given, or wrong and said so.</summary>
    private decimal? Number(string option, decimal from, decimal to)
    {
        if (!_arguments.Has(option)) return null;
        var text = _arguments.Value(option);
        if (decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number >= from && number <= to) return number;
        _mistakes.Add(string.Create(CultureInfo.InvariantCulture, $"{option}: a number from {from} to {to} is wanted, not '{text}'"));
        return null;
    }

    private T Choice<T>(string option, string standard, params (string Word, T Value)[] choices)
    {
        var text = _arguments.Has(option) ? _arguments.Value(option) : standard;
        foreach (var (word, value) in choices)
            if (word == text) return value;
        _mistakes.Add($"{option}: {string.Join(" or ", choices.Select(choice => choice.Word))} is wanted, not '{text}'");
        return choices[0].Value;
    }
}

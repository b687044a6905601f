using QuantDash.Core.Backtesting;
using QuantDash.Core.Hosting;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Markets.History.Adjustment;
using QuantDash.Core.Strategies;
using QuantDash.Web.Features.Backtests;

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

    private readonly VerbArguments _arguments;
    private readonly WishReader _reader;

    private BacktestWish(VerbArguments arguments) => (_arguments, _reader) = (arguments, new("backtest", arguments));

    public static string UsageOf(IStrategyDefinitions strategies) =>
        $"""
        backtest <{string.Join('|', strategies.All.Select(strategy => strategy.Name))}|one of your own> [--in <bars.csv[.gz]>] --symbol <symbol> --out <result.json> [--set <name=value>]... [--cash <amount>, 1000000]
          [--commission <share of value, e.g. 0.002>] [--slippage-ticks <n>, 0] [--fill next-open|same-close] [--path pessimistic|high-first|low-first|nearest-first] [--limit-fill through|touch]
          [--volume-share <0 to 1>] [--price-limits on|off] [--seed <n>] [--timestamps start|end] [--tick <n>] [--multiplier <n>] [--margin <0 to 1>] [--volume-step <n>] [--funding <rates.csv>]
          without --in, over stored bars: [--timeframe <1m to 12h, 1d>] [--from <day>] [--to <day>] [--source <name>] [--adjust raw|forward|backward] [--adjust-method ratio|additive] [--factors <file>] [--rolls <file>]
        """;

    public bool Succeeded => Mistakes.Count == 0;
    public IReadOnlyList<string> Mistakes => _reader.Mistakes;
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
        var wish = new BacktestWish(arguments);
        wish._reader.Know(Known);
        if (arguments.Options.Count(option => option == "--set") != arguments.Values("--set").Count) wish._reader.Refuse("--set: name=value is wanted after it");
        if (wish._reader.Strategy(strategies) is { } chosen) (wish.Definition, wish.Values) = chosen;
        wish.ReadFiles();
        wish.ReadOptions();
        wish.Contract = new(
            wish._reader.Number("--tick", 0.00000001m, 1_000_000m), wish._reader.Number("--multiplier", 0.00000001m, 1_000_000m), wish._reader.Number("--margin", 0.001m, 1m), wish._reader.Number("--volume-step", 0.00000001m, 1_000_000m));
        return wish;
    }

    private void ReadFiles()
    {
        (Out, Symbol) = (_reader.Out(), _reader.Required("--symbol"));
        if (_arguments.Has("--in")) In = _reader.Required("--in");
        else ReadStore();
        Funding = _arguments.Has("--funding") ? _reader.Required("--funding") : null;
        if (Funding is { Length: > 0 } rates && !File.Exists(rates)) _reader.Refuse($"--funding: there is no file {rates}");
        if (In is not null) _reader.Refuse(_arguments.Options.Intersect(OfTheStore).Select(option => $"{option} is for stored bars: not together with --in"));
        if (In is { Length: > 0 } && !File.Exists(In)) _reader.Refuse($"--in: there is no file {In}");
    }

    private void ReadStore()
    {
        Timeframe? timeframe = null;
        if (_arguments.Value("--timeframe") is { } text)
        {
            if (Timeframe.TryParse(text, out var read)) timeframe = read;
            else _reader.Refuse($"--timeframe: 1m to 720m, 1h to 12h or 1d is wanted, not {text}");
        }

        Stored = new(
            Symbol, _arguments.Value("--source"), timeframe, _reader.Day("--from"), _reader.Day("--to"),
            Choice("--adjust", "raw", ("raw", AdjustmentDirection.Raw), ("forward", AdjustmentDirection.Forward), ("backward", AdjustmentDirection.Backward)),
            Choice("--adjust-method", "ratio", ("ratio", AdjustmentMethod.Ratio), ("additive", AdjustmentMethod.Additive)), Existing("--factors"), Existing("--rolls"));
        if (_arguments.Has("--timestamps")) _reader.Refuse("--timestamps is for a file: stored bars know their times");
        if (_arguments.Has("--source") && _arguments.Value("--source") is null) _reader.Refuse("--source needs a value");
    }

    private string? Existing(string option)
    {
        if (!_arguments.Has(option)) return null;
        if (_arguments.Value(option) is not { } path || !File.Exists(path)) _reader.Refuse($"{option}: there is no file {_arguments.Value(option)}");
        return _arguments.Value(option);
    }

    private void ReadOptions()
    {
        TimesAreEnds = Choice("--timestamps", "start", ("start", false), ("end", true));
        var commission = _reader.Number("--commission", 0m, 0.5m) is { } share ? new FeeRate(FeeBasis.ByMoney, share) : (FeeRate?)null;
        Options = new()
        {
            Cash = _reader.Number("--cash", 0.01m, 1_000_000_000_000m) ?? 1_000_000m,
            Fees = commission is { } fee ? new(fee, fee, fee) : null,
            Slippage = new SlippageModel.Ticks((long)(_reader.Whole("--slippage-ticks", 10_000) ?? 0)),
            Fill = Choice("--fill", "next-open", ("next-open", FillTiming.NextOpen), ("same-close", FillTiming.SameClose)),
            Path = Choice("--path", "pessimistic", ("pessimistic", BarPath.Pessimistic), ("high-first", BarPath.HighFirst), ("low-first", BarPath.LowFirst), ("nearest-first", BarPath.NearestFirst)),
            LimitFill = Choice("--limit-fill", "through", ("through", LimitFill.Through), ("touch", LimitFill.Touch)),
            VolumeShare = _reader.Number("--volume-share", 0.000001m, 1m),
            PriceLimits = Choice("--price-limits", "on", ("on", true), ("off", false)),
            Seed = _reader.Whole("--seed", ulong.MaxValue) is { } seed ? (ulong)seed : 1,
        };
    }

    private T Choice<T>(string option, string standard, params (string Word, T Value)[] choices)
    {
        var text = _arguments.Has(option) ? _arguments.Value(option) : standard;
        foreach (var (word, value) in choices)
            if (word == text) return value;
        _reader.Refuse($"{option}: {string.Join(" or ", choices.Select(choice => choice.Word))} is wanted, not '{text}'");
        return choices[0].Value;
    }
}

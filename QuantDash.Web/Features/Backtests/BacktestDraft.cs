using System.Globalization;
using QuantDash.Core.Backtesting;
using QuantDash.Core.Backtesting.Reports;
using QuantDash.Core.Markets.History.Adjustment;
using QuantDash.Core.Strategies;

namespace QuantDash.Web.Features.Backtests;

/// <summary>A backtest as the form has it: everything as it is typed.</summary>
public sealed class BacktestDraft
{
    public string Strategy { get; set; } = "";
    public BacktestBasis On { get; set; }

    /// <summary>By name, as typed.</summary>
    public Dictionary<string, string> Parameters { get; } = new(StringComparer.Ordinal);

    /// <summary>Keys of <see cref="SeriesChoice"/>: each is a run of its own.</summary>
    public string[] Series { get; set; } = [];
    public string Timeframe { get; set; } = "";
    public DateOnly? From { get; set; }
    public DateOnly? To { get; set; }
    public AdjustmentDirection Adjustment { get; set; }
    public AdjustmentMethod Method { get; set; }
    public decimal? Cash { get; set; } = 1_000_000m;
    public decimal? Commission { get; set; }
    public SlippageKind Slippage { get; set; }
    public decimal? SlippageAmount { get; set; } = 1m;
    public FillTiming Fill { get; set; }
    public BarPath Path { get; set; }
    public LimitFill LimitFill { get; set; }
    public decimal? VolumeShare { get; set; }
    public bool PriceLimits { get; set; } = true;
    public decimal? Seed { get; set; } = 1m;
    public decimal? LatencyMs { get; set; } = 0m;
    public decimal? JitterMs { get; set; } = 0m;

    /// <summary>Null: as the source says.</summary>
    public bool? SessionsAlways { get; set; }
    public bool? ExpiryNone { get; set; }

    /// <summary>In percent; null: none.</summary>
    public decimal? FundingRate { get; set; }

    /// <summary>Of a file; null: none is chosen.</summary>
    public IReadOnlyList<FundingRate>? Funding { get; set; }
    public bool Sweeps { get; set; }
    public AxisDraft X { get; } = new();
    public AxisDraft Y { get; } = new();

    /// <summary>Another strategy: its own defaults, and its first two whole numbers on the axes.</summary>
    public void Choose(StrategyDefinition definition)
    {
        Strategy = definition.Name;
        Parameters.Clear();
        foreach (var parameter in definition.Parameters) Parameters[parameter.Name] = parameter.DefaultText;
        var numbers = definition.Parameters.Where(parameter => parameter.Kind is ParameterKind.Integer or ParameterKind.Decimal).ToList();
        if (numbers.Count > 0) X.Around(numbers[0]);
        if (numbers.Count > 1) Y.Around(numbers[1]);
    }

    /// <summary>One for each series.</summary>
    public IReadOnlyList<BacktestRequest> Requests(IReadOnlyList<SeriesChoice> choices) =>
    [
        .. choices.Where(choice => Series.Contains(choice.Key)).Select(choice => On == BacktestBasis.Ticks ? OverTicks(choice) : OverBars(choice)),
    ];

    /// <summary>What both have.</summary>
    private BacktestRequest Of(SeriesChoice choice) => new()
    {
        Strategy = Strategy,
        Parameters = Parameters.ToDictionary(parameter => parameter.Key, parameter => parameter.Value.Trim(), StringComparer.Ordinal),
        Symbol = choice.Symbol,
        On = On,
        Source = choice.Source,
        Timeframe = Timeframe,
        From = From,
        To = To,
        Cash = Cash ?? 0m,
        Seed = (long)(Seed ?? 1m),
    };

    private BacktestRequest OverTicks(SeriesChoice choice) => Of(choice) with { LatencyMs = LatencyMs ?? 0m, JitterMs = JitterMs ?? 0m, SessionsAlways = SessionsAlways, ExpiryNone = ExpiryNone };

    private BacktestRequest OverBars(SeriesChoice choice) => Of(choice) with
    {
        Adjustment = Adjustment,
        Method = Method,
        Commission = Commission / 100m,
        Slippage = Slippage,
        SlippageAmount = SlippageAmount ?? 0m,
        Fill = Fill,
        Path = Path,
        LimitFill = LimitFill,
        VolumeShare = VolumeShare / 100m,
        PriceLimits = PriceLimits,
        FundingRate = FundingRate / 100m,
        Funding = Funding,
        Sweep = Sweeps ? new(X.Axis, Y.Axis) : null,
    };
}

/// <summary>An axis of a sweep as it is typed.</summary>
public sealed class AxisDraft
{
    private const int Values = 10;

    public string Parameter { get; set; } = "";
    public decimal? From { get; set; }
    public decimal? To { get; set; }
    public decimal? Step { get; set; }

    public SweepAxis Axis => new(Parameter, From ?? 0m, To ?? 0m, Step ?? 0m);

    /// <summary>From half of the default to one and a half of it, within what is allowed.</summary>
    public void Around(StrategyParameter parameter)
    {
        Parameter = parameter.Name;
        var standard = decimal.Parse(parameter.DefaultText, CultureInfo.InvariantCulture);
        (Step, From, To) = parameter switch
        {
            IntegerParameter whole => Whole(whole, standard),
            DecimalParameter number => (number.Step ?? Math.Max(standard, 1m) / Values, Math.Max(number.From, standard), Math.Min(number.To, standard + ((number.Step ?? (Math.Max(standard, 1m) / Values)) * Values))),
            _ => (1m, standard, standard),
        };
    }

    private static (decimal? Step, decimal? From, decimal? To) Whole(IntegerParameter parameter, decimal standard)
    {
        var step = Math.Max(parameter.Step, decimal.Floor(standard / Values / parameter.Step) * parameter.Step);
        var from = Math.Max(parameter.From, standard - (step * (Values / 2)));
        return (step, from, Math.Min(parameter.To, from + (step * Values)));
    }
}

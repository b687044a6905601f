using QuantDash.Core.Backtesting;
using QuantDash.Core.Backtesting.Reports;
using QuantDash.Core.Backtesting.Ticks;
using QuantDash.Core.Hosting;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;

namespace QuantDash.Web.Features.Backtests;

/// <summary>Where backtests over stored bars are set up and run, for the page, the API and the command line alike.</summary>
public sealed class BacktestBench(IStrategyDefinitions strategies, ContractCatalog catalog, BarFinder finder, TickBench ticks)
{
    /// <summary>Pairs of one sweep.</summary>
    public const int MostPairs = 10_000;

    /// <summary>Looks at everything that can be told without reading bars, and names every mistake.</summary>
    public Outcome<BacktestPlan> Check(BacktestRequest request)
    {
        var problems = new List<Problem>(BacktestTerms.Problems(request));
        var definition = strategies.Find(request.Strategy);
        if (definition is null) problems.Add(new("strategy", "backtest_unknown_strategy", request.Strategy, string.Join(", ", strategies.All.Select(one => one.Name))));
        var values = definition is null ? null : Values(definition, request, problems);
        if (request.On == BacktestBasis.Ticks) return ticks.Check(request, definition, values, problems);
        var grid = definition is null || request.Sweep is not { } sweep ? null : Grid(definition, request, sweep, problems);
        var wish = WishOf(request, problems);
        var series = finder.Find(wish);
        problems.AddRange(series.Problems);
        if (problems.Count > 0) return Outcome<BacktestPlan>.Failure(problems);

        var market = MarketOf(series.Value, request.From, new(null, null, null, null));
        if (!market.Succeeded) return Outcome<BacktestPlan>.Failure(market.Problems);
        problems.AddRange(BacktestFunding.Problems(request, market.Value.Market.Contract));
        return problems.Count == 0
            ? Outcome<BacktestPlan>.Success(new(request, definition!, values, market.Value) { Grid = grid, Stored = new(series.Value, wish) })
            : Outcome<BacktestPlan>.Failure(problems);
    }

    /// <inheritdoc cref="TickBench.Run"/>
    public Outcome<TickRun> RunTicks(BacktestPlan plan, IProgress<double>? progress, CancellationToken stop) => ticks.Run(plan, progress, stop);

    /// <summary>Reads the bars. Code <c>backtest_bad_bars</c> when no backtest can walk over them, such as prices adjusted to below zero.</summary>
    public Outcome<BacktestBars> Load(BacktestPlan plan)
    {
        var read = finder.Read(plan.Stored!.Series, plan.Stored.Wish);
        if (!read.Succeeded) return Outcome<BacktestBars>.Failure(read.Problems);
        try
        {
            return Outcome<BacktestBars>.Success(BacktestBars.Of(read.Value));
        }
        catch (ArgumentException wrong)
        {
            return Outcome<BacktestBars>.Failure("symbol", "backtest_bad_bars", wrong.Message);
        }
    }

    public static BacktestResult Run(BacktestPlan plan, BacktestBars bars, IProgress<double>? progress, CancellationToken stop) =>
        Backtest.Run(plan.Definition, plan.Values!, MarketOf(plan, bars), bars, BacktestTerms.Options(plan.Request), progress, stop);

    /// <summary>With the funding of these bars.</summary>
    private static BacktestMarket MarketOf(BacktestPlan plan, BacktestBars bars) => plan.Market.Market with { Funding = BacktestFunding.Of(plan.Request, bars) };

    /// <summary>One pair of a sweep.</summary>
    public static SweepCell Pair(BacktestPlan plan, BacktestBars bars, SweepPair pair, CancellationToken stop)
    {
        var options = BacktestTerms.Options(plan.Request);
        return Cell(pair, ParameterSweep.Run(plan.Definition, [pair.Values], MarketOf(plan, bars), bars, options, cores: 1, stop)[0], options.Cash);
    }

    public static SweepReport Swept(BacktestPlan plan, IEnumerable<SweepCell> cells) =>
        new(plan.Request.Sweep!.X.Parameter, plan.Grid!.X, plan.Request.Sweep.Y.Parameter, plan.Grid.Y, [.. cells.OrderBy(cell => cell.X).ThenBy(cell => cell.Y)]);

    /// <summary>A product's main contracts are traded by the product's own terms.</summary>
    public Outcome<BacktestContract> MarketOf(ChosenSeries series, DateOnly? from, ContractOverrides given)
    {
        var symbol = series.Terms.Symbol;
        var text = series.Terms.MainProduct is { } product ? $"{symbol.Exchange}.{product}" : symbol.ToString();
        return BacktestContract.Find(catalog, text, from ?? series.Series.FirstDay ?? DateOnly.MinValue, series.Series.PriceTick, given);
    }

    private static SweepCell Cell(SweepPair pair, SweepRow row, decimal cash) =>
        new(pair.X, pair.Y, row.FinalEquity, row.FinalEquity is { } equity ? (double)(equity / cash) - 1 : null, row.Sharpe, row.MaxDrawdown, row.Trades, row.Fees, row.Failure);

    private static ParameterValues? Values(StrategyDefinition definition, BacktestRequest request, List<Problem> problems)
    {
        // What a sweep varies is bound pair by pair.
        if (request.Sweep is not null) return null;
        var bound = definition.Bind(request.Parameters);
        problems.AddRange(bound.Problems.Select(problem => problem with { Field = "parameters." + problem.Field }));
        return bound.Succeeded ? bound.Value : null;
    }

    private static SweepGrid? Grid(StrategyDefinition definition, BacktestRequest request, SweepRequest sweep, List<Problem> problems)
    {
        var grid = SweepGrid.Of(definition, request.Parameters, sweep.X, sweep.Y, MostPairs);
        problems.AddRange(grid.Problems.Select(problem => problem.Field.StartsWith("sweep", StringComparison.Ordinal) ? problem : problem with { Field = "parameters." + problem.Field }));
        return grid.Succeeded ? grid.Value : null;
    }

    private static BarWish WishOf(BacktestRequest request, List<Problem> problems)
    {
        Timeframe? timeframe = null;
        if (request.Timeframe is { } text)
        {
            if (Timeframe.TryParse(text, out var read)) timeframe = read;
            else problems.Add(new("timeframe", "backtest_bad_timeframe", text));
        }

        return new(request.Symbol, request.Source, timeframe, request.From, request.To, request.Adjustment, request.Method);
    }
}

/// <summary>A request that can be run: over stored bars, or over ticks.</summary>
/// <param name="Values">Null for a sweep.</param>
public sealed record BacktestPlan(BacktestRequest Request, StrategyDefinition Definition, ParameterValues? Values, BacktestContract Market)
{
    /// <summary>Null for one run.</summary>
    public SweepGrid? Grid { get; init; }

    /// <summary>Null over ticks.</summary>
    public ChosenBars? Stored { get; init; }

    /// <summary>Null over bars.</summary>
    public TickBacktestRequest? Ticks { get; init; }
}

/// <summary>The series a run reads, and what of it.</summary>
public sealed record ChosenBars(ChosenSeries Series, BarWish Wish);

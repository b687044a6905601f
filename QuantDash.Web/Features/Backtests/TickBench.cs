using System.Globalization;
using QuantDash.Core.Backtesting;
using QuantDash.Core.Backtesting.Reports;
using QuantDash.Core.Backtesting.Ticks;
using QuantDash.Core.Engine;
using QuantDash.Core.Hosting;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Primitives;
using QuantDash.Core.Simulation;
using QuantDash.Core.Strategies;
using QuantDash.Web.Live;

namespace QuantDash.Web.Features.Backtests;

/// <summary>Where backtests over recorded ticks are set up and played.</summary>
public sealed class TickBench(IStrategyDefinitions strategies, ContractCatalog catalog, TradingCalendar calendar, ITickArchive archive, LiveState<EngineSnapshot> snapshots, TimeProvider clock)
{
    private const int MostNamed = 10;

    /// <summary>Adds to the problems already found, without reading a tick. Codes: <c>backtest_no_ticks</c>, <c>backtest_no_tick_days</c>, <c>backtest_source_needed</c>, <c>backtest_span</c>,
    /// <c>backtest_tick_timeframe</c>, <c>backtest_bars_only</c>, and those of a wrong symbol.</summary>
    public Outcome<BacktestPlan> Check(BacktestRequest request, StrategyDefinition? definition, ParameterValues? values, List<Problem> problems)
    {
        if (request.Sweep is not null) problems.Add(new("sweep", "backtest_bars_only"));
        var timeframe = TimeframeOf(request, problems);
        var days = Days(request, problems);
        if (problems.Count > 0 || days.Count == 0) return Outcome<BacktestPlan>.Failure(problems);
        var first = days[0];
        if (catalog.Find(first.Symbol, first.TradingDay) is not { } contract) return Outcome<BacktestPlan>.Failure("symbol", "unknown_symbol", request.Symbol);
        var origin = snapshots.Current.Sources.FirstOrDefault(view => view.Source.Name == first.Source)?.Source;
        var whole = request with { Source = first.Source.Value, SessionsAlways = request.SessionsAlways ?? origin?.SessionsAlways ?? false, ExpiryNone = request.ExpiryNone ?? origin?.ExpiryNone ?? false };
        var market = new BacktestMarket { Contract = contract, TermsOn = day => catalog.TermsOn(contract, day) };
        return Outcome<BacktestPlan>.Success(new(whole, definition!, values, new(market, ContractTaken.Catalog)) { Ticks = Request(whole, contract, first, days[^1].TradingDay, timeframe, values!) });
    }

    /// <summary>Plays the ticks as <c>backtest-ticks</c> does. Codes: <c>no_ticks_stored</c>, <c>backtest_ticks_refused</c>, <c>backtest_bad_bars</c>, and those of the engine.</summary>
    public Outcome<TickRun> Run(BacktestPlan plan, IProgress<double>? progress, CancellationToken stop)
    {
        var played = Play(plan.Ticks!, progress, stop);
        if (!played.Succeeded) return Outcome<TickRun>.Failure(played.Problems);
        if (played.Value.Strategy is { State: StrategyRunState.Failed, Run.Reason: var reason }) return Outcome<TickRun>.Failure("strategy", "backtest_strategy_failed", plan.Request.Strategy, reason);
        try
        {
            var report = TickBacktestReporter.Of(plan.Ticks!, played.Value, plan.Definition, plan.Values!, plan.Market.Market.TermsOn);
            return report.Succeeded ? Outcome<TickRun>.Success(new(report.Value, played.Value.Ticks, played.Value.Rejected)) : Outcome<TickRun>.Failure(report.Problems);
        }
        catch (ArgumentException wrong)
        {
            return Outcome<TickRun>.Failure("symbol", "backtest_bad_bars", wrong.Message);
        }
    }

    /// <inheritdoc cref="TickBacktest.Run"/>
    public Outcome<TickBacktestResult> Play(TickBacktestRequest request, IProgress<double>? progress, CancellationToken stop) =>
        new TickBacktest(catalog, calendar, archive, strategies, new()).Run(request, progress, stop);

    private static TickBacktestRequest Request(BacktestRequest request, Contract contract, TickDay first, DateOnly last, Timeframe timeframe, ParameterValues values) => new()
    {
        Source = new()
        {
            Name = first.Source, Clock = SourceClock.Ticks, SessionsAlways = request.SessionsAlways!.Value, ExpiryNone = request.ExpiryNone!.Value, CreatedAt = DateTimeOffset.UnixEpoch,
        },
        Symbols = [contract.Symbol],
        From = first.TradingDay,
        To = last,
        Cash = new(request.Cash, contract.Currency),
        Strategy = new(request.Strategy, [contract.Symbol], timeframe, values.Texts),
        Latency = LatencyOf(request),
    };

    private static OrderLatency? LatencyOf(BacktestRequest request) => request.LatencyMs + request.JitterMs == 0m
        ? null
        : new(TimeSpan.FromMilliseconds((double)request.LatencyMs), TimeSpan.FromMilliseconds((double)request.JitterMs), (ulong)request.Seed);

    private static Timeframe TimeframeOf(BacktestRequest request, List<Problem> problems)
    {
        if (request.Timeframe is null) problems.Add(new("timeframe", "required"));
        else if (Timeframe.TryParse(request.Timeframe, out var timeframe) && !timeframe.IsDay) return timeframe;
        else problems.Add(new("timeframe", "backtest_tick_timeframe", request.Timeframe));
        return default;
    }

    /// <summary>Those that are played, in order; empty when something is wrong.</summary>
    private List<TickDay> Days(BacktestRequest request, List<Problem> problems)
    {
        var symbol = catalog.Resolve(request.Symbol, request.From ?? request.To ?? DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
        problems.AddRange(symbol.Problems);
        if (request.From > request.To) problems.Add(new("from", "backtest_span", Text(request.From), Text(request.To)));
        if (!symbol.Succeeded || request.From > request.To) return [];
        var name = symbol.Value.Symbol;
        var recorded = archive.Days(null, name).Where(day => day.Count > 0 && (request.Source is null || day.Source.Value == request.Source)).OrderBy(day => day.TradingDay).ToList();
        if (recorded.Count == 0) problems.Add(new("symbol", "backtest_no_ticks", request.Source is null ? name.ToString() : $"{name} ({request.Source})", Recorded()));
        var sources = recorded.Select(day => day.Source.Value).Distinct().ToList();
        if (sources.Count > 1) problems.Add(new("source", "backtest_source_needed", name.ToString(), string.Join(", ", sources)));
        if (sources.Count != 1) return [];
        var chosen = recorded.Where(day => !(day.TradingDay < request.From) && !(day.TradingDay > request.To)).ToList();
        if (chosen.Count == 0)
            problems.Add(new(request.From is null || request.To < recorded[0].TradingDay ? "to" : "from", "backtest_no_tick_days", name.ToString(), Text(request.From), Text(request.To), DaysText(recorded)));
        return chosen;
    }

    /// <summary>Of which contracts there is anything.</summary>
    private string Recorded()
    {
        var names = archive.Days().Where(day => day.Count > 0).Select(day => $"{day.Symbol} ({day.Source})").Distinct().Order(StringComparer.Ordinal).ToList();
        return names.Count == 0 ? "–" : string.Join(", ", names.Take(MostNamed)) + (names.Count > MostNamed ? ", …" : "");
    }

    private static string DaysText(List<TickDay> days) => days.Count <= MostNamed
        ? string.Join(", ", days.Select(day => Text(day.TradingDay)))
        : $"{Text(days[0].TradingDay)} … {Text(days[^1].TradingDay)} ({days.Count})";

    private static string Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "…";
}

/// <summary>A run over ticks.</summary>
/// <param name="Refused">Ticks that the engine did not take.</param>
public sealed record TickRun(BacktestReport Report, int Ticks, int Refused);

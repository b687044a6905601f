using QuantDash.Core.Backtesting.Ticks;
using QuantDash.Core.Hosting;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;
using QuantDash.Tests.Support;
using QuantDash.Web.Adapters.Storage.Ticks;

namespace QuantDash.Tests.Core.Backtesting.Ticks;

/// <summary>The report of a backtest over ticks says what the engine did, and nothing else.</summary>
public sealed class TickBacktestReporterTests : IDisposable
{
    private static readonly TradingCalendar Calendar = TradingCalendar.FromReferenceData();
    private static readonly ContractCatalog Catalog = ContractCatalog.FromReferenceData(Calendar);
    private static readonly Symbol Pta = Symbol.ParseCanonical(TickWave.Symbol);
    private readonly TempFolder _folder = new();
    private readonly TickArchive _archive;

    public TickBacktestReporterTests()
    {
        _archive = new(_folder.Path);
        TickWave.Store(_archive);
    }

    public void Dispose()
    {
        _archive.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Report_OfARun_EqualsTheEnginesRecords()
    {
        var (request, result) = Run("sma-cross", new() { ["fast"] = "2", ["slow"] = "5" });
        var definition = BuiltInStrategies.Find("sma-cross")!;
        var contract = Catalog.Find(Pta, TickWave.Days[0])!;

        var report = TickBacktestReporter.Of(request, result, definition, definition.Bind(request.Strategy!.Parameters).Value, day => Catalog.TermsOn(contract, day)).Value;

        result.Trades.Count.ShouldBeGreaterThan(20);
        report.Statistics.Fills.ShouldBe(result.Trades.Count);
        report.Statistics.Fees.ShouldBe(result.Trades.Sum(trade => trade.Accounting.Fee));
        report.Statistics.FinalEquity.ShouldBe(result.Funds.Equity!.Value);
        report.Trades.Sum(trade => trade.Pnl).ShouldBe(result.Funds.RealisedPnl, "the round trips are those of the books");
        report.Days.Select(day => day.Day).ShouldBe(TickWave.Days);
        report.Days.Sum(day => day.Pnl).ShouldBe(report.Statistics.Pnl);
        report.Days.Sum(day => day.Fees).ShouldBe(report.Statistics.Fees);
        report.Days.Take(2).Select(day => day.EndEquity).ShouldBe(result.Settlements.Take(2).Select(day => day.Funds.Equity!.Value));
        report.Equity[^1].Equity.ShouldBe((double)result.Funds.Equity!.Value, 0.001);
        report.Orders.Select(order => (order.At, order.FilledVolume, order.AveragePrice)).ShouldBe(result.Orders.Select(order => ((DateTimeOffset?)order.CreatedAt, order.FilledVolume.Value, order.AverageFillPrice?.Value)));
        report.Statistics.MaxDrawdownMoney.ShouldBeLessThan(0);
        report.Candles.Count.ShouldBe(report.Market.Bars);
    }

    [Fact]
    public void RoundTrips_HaveSeenEveryTickWhileTheyWereHeld()
    {
        var (request, result) = Run("sma-cross", new() { ["fast"] = "2", ["slow"] = "5" });
        var ticks = TickWave.Days.SelectMany(TickWave.Ticks).ToList();

        foreach (var trade in result.Contracts[Pta].RoundTrips)
        {
            var (entry, exit) = (result.Trades[trade.EntryOrder].Fill, result.Trades[trade.ExitOrder].Fill);
            var seen = ticks.Where(tick => tick.OccurredAt > entry.OccurredAt && tick.OccurredAt <= exit.OccurredAt).Select(tick => tick.LastTicks).Append(trade.EntryTicks).Append(trade.ExitTicks).ToList();
            (trade.LowTicks, trade.HighTicks).ShouldBe((seen.Min(), seen.Max()));
            trade.EntryTicks.ShouldBe((long)(entry.Price.Value / 2m));
        }

        request.Symbols.ShouldBe([Pta]);
    }

    [Fact]
    public void StrategyThatAnswersLater_IsAskedInStep_AndDisposedOf()
    {
        var strategies = new Remotes();

        var (_, result) = Run("remote", [], strategies);

        result.Strategy!.State.ShouldNotBe(StrategyRunState.Failed, result.Strategy.Run!.Reason);
        strategies.Made.ShouldHaveSingleItem().IsConnected.ShouldBeFalse();
        strategies.Made[0].Bars.ShouldBeGreaterThan(100);
        strategies.Made[0].IsDisposed.ShouldBeTrue();
    }

    private (TickBacktestRequest Request, TickBacktestResult Result) Run(string strategy, Dictionary<string, string> parameters, IStrategyDefinitions? strategies = null)
    {
        var request = new TickBacktestRequest
        {
            Source = new() { Name = new("live"), Clock = SourceClock.Ticks, CreatedAt = DateTimeOffset.UnixEpoch },
            Symbols = [Pta],
            From = TickWave.Days[0],
            To = TickWave.Days[^1],
            Cash = new(1_000_000m, Currency.Cny),
            Strategy = new(strategy, [Pta], Timeframe.Minutes(1), parameters),
        };
        var run = new TickBacktest(Catalog, Calendar, _archive, strategies ?? new BuiltInDefinitions(), new()).Run(request);
        run.Problems.ShouldBeEmpty();
        return (request, run.Value);
    }

    private sealed class Remotes : IStrategyDefinitions
    {
        public List<Remote> Made { get; } = [];

        public IReadOnlyList<StrategyDefinition> All => [Find("remote")!];

        public StrategyDefinition? Find(string name) => new() { Name = "remote", Description = "A test's.", Parameters = [], Create = _ => Make(), WarmUpBars = _ => 0 };

        private Remote Make()
        {
            Made.Add(new());
            return Made[^1];
        }
    }

    private sealed class Remote : Strategy, IStrategyRunner
    {
        public bool IsConnected { get; private set; }
        public bool IsDisposed { get; private set; }
        public int Bars { get; private set; }

        public void Connect(IStrategyAnswers answers) => IsConnected = true;

        public override void OnBar(IStrategyContext context, IStrategyInstrument instrument, in StrategyBar bar) => Bars++;

        public void Dispose() => IsDisposed = true;
    }
}

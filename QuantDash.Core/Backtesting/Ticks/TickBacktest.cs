using QuantDash.Core.Engine;
using QuantDash.Core.Hosting;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Backtesting.Ticks;

/// <summary>A backtest over ticks: the trading engine itself, started on an account of the simulated venue with its journal in memory, and fed from the tick store. What it does is what it would have
/// done live.</summary>
public sealed class TickBacktest(ContractCatalog catalog, TradingCalendar calendar, ITickArchive archive, IStrategyDefinitions definitions, EngineOptions options)
{
    private static readonly TimeSpan EquityPace = TimeSpan.FromMinutes(1);

    /// <param name="request">What is played.</param>
    /// <param name="progress">Told after each day, 0 to 1.</param>
    /// <param name="stop">Throws what it throws.</param>
    public Outcome<TickBacktestResult> Run(TickBacktestRequest request, IProgress<double>? progress = null, CancellationToken stop = default)
    {
        var days = archive.Days(request.Source.Name).Where(day => day.TradingDay >= request.From && day.TradingDay <= request.To && request.Symbols.Contains(day.Symbol))
            .GroupBy(day => day.TradingDay).OrderBy(day => day.Key).Select(day => day.OrderBy(one => one.Symbol).ToList()).ToList();
        if (days.Count == 0) return Outcome<TickBacktestResult>.Failure("from", "no_ticks_stored", request.Source.Name, request.From, request.To);
        var journal = new TickBacktestJournal();
        var stage = new Stage(request, new(catalog, calendar, journal, journal, options with { SimulatedLatency = request.Latency }, strategies: definitions), journal);
        var problems = stage.Begin(TickFeed.Of(archive, request.Source.Name, days[0]).First().Tick.Timestamp);
        if (problems.Count > 0) return Outcome<TickBacktestResult>.Failure(problems);
        for (var i = 0; i < days.Count; i++)
        {
            foreach (var (symbol, tick) in TickFeed.Of(archive, request.Source.Name, days[i])) stage.Feed(symbol, tick, stop);
            progress?.Report((i + 1.0) / days.Count);
        }

        return Outcome<TickBacktestResult>.Success(stage.End());
    }

    private sealed class Stage(TickBacktestRequest request, TradingEngine engine, TickBacktestJournal journal)
    {
        private readonly Dictionary<Symbol, SymbolLane> _lanes = [];
        private readonly List<(DateTimeOffset At, decimal Equity)> _equity = [];
        private AccountId _account;
        private DateTimeOffset _now;
        private int _ticks;
        private int _rejected;

        public IReadOnlyList<Problem> Begin(DateTimeOffset now)
        {
            _now = now;
            var source = request.Source with { Clock = SourceClock.Ticks };
            engine.Recover(RecoveredState.Empty with { Sources = [source] }, now);
            var account = new Account { Id = new(journal.Next()), Name = "backtest", Venue = VenueKind.Simulated, Currency = request.Cash.Currency, Source = source.Name, CreatedAt = now };
            var opened = engine.CreateAccount(account, request.Cash, now);
            if (!opened.Succeeded) return opened.Problems;
            _account = account.Id;
            foreach (var rule in request.Rules)
                if (engine.SaveRule(rule with { AccountId = account.Id }, now) is { Succeeded: false } wrong) return wrong.Problems;
            var problems = request.Strategy is { } strategy ? Start(strategy) : [];
            journal.Commit(engine);
            return problems;
        }

        public void Feed(Symbol symbol, in RawTick tick, CancellationToken stop)
        {
            if ((++_ticks & 0xFFF) == 0) stop.ThrowIfCancellationRequested();
            if (!_lanes.TryGetValue(symbol, out var lane) && engine.FindLane(request.Source.Name, symbol, tick.Timestamp) is { } found) _lanes.Add(symbol, lane = found);
            if (lane is null || engine.OnTick(lane, tick, tick.Timestamp) != TickReject.None) _rejected++;
            journal.Commit(engine);
            if (tick.Timestamp - _now < EquityPace) return;
            _now = tick.Timestamp;
            if (engine.FundsOf(_account)?.Equity is { } equity) _equity.Add((_now, equity));
        }

        public TickBacktestResult End()
        {
            var snapshot = engine.Snapshot(_now);
            return new()
            {
                Ticks = _ticks,
                Rejected = _rejected,
                Orders = journal.Orders,
                Trades = journal.Trades,
                Triggers = journal.Triggers,
                Signals = journal.Signals,
                Settlements = journal.Settlements,
                Equity = _equity,
                Funds = snapshot.Accounts.Single(view => view.Account.Id == _account).Funds,
                Strategy = snapshot.Strategies.Count > 0 ? snapshot.Strategies[0] : null,
            };
        }

        private IReadOnlyList<Problem> Start(TickBacktestStrategy strategy)
        {
            var created = engine.Strategies.Create(
                new() { Name = "backtest", Definition = strategy.Definition, AccountId = _account, Symbols = strategy.Symbols, BarLength = strategy.BarLength, Parameters = strategy.Parameters, Mode = StrategyMode.Paper }, _now);
            return created.Succeeded ? engine.Strategies.Start(created.Value.Id, strategy.WarmUp, _now).Problems : created.Problems;
        }
    }
}

using QuantDash.Core.Engine;
using QuantDash.Core.Hosting;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Backtesting.Ticks;

/// <summary>A backtest over ticks: the trading engine itself, started on an account of the simulated venue with its journal in memory, and fed from the tick store. What it does is what it would have
/// done live.</summary>
public sealed class TickBacktest(ContractCatalog catalog, TradingCalendar calendar, ITickArchive archive, IStrategyDefinitions definitions, EngineOptions options)
{
    private const long TicksBetweenReports = 0xFFF;
    private static readonly TimeSpan EquityPace = TimeSpan.FromMinutes(1);

    /// <param name="request">What is played.</param>
    /// <param name="progress">Told every few thousand ticks, 0 to 1.</param>
    /// <param name="stop">Throws what it throws.</param>
    public Outcome<TickBacktestResult> Run(TickBacktestRequest request, IProgress<double>? progress = null, CancellationToken stop = default)
    {
        var days = archive.Days(request.Source.Name).Where(day => day.TradingDay >= request.From && day.TradingDay <= request.To && request.Symbols.Contains(day.Symbol))
            .GroupBy(day => day.TradingDay).OrderBy(day => day.Key).Select(day => day.OrderBy(one => one.Symbol).ToList()).ToList();
        if (days.Count == 0) return Outcome<TickBacktestResult>.Failure("from", "no_ticks_stored", request.Source.Name, request.From, request.To);
        var journal = new TickBacktestJournal();
        using var strategies = new InStepDefinitions(definitions);
        var stage = new Stage(request, new(catalog, calendar, journal, journal, options with { SimulatedLatency = request.Latency }, strategies: strategies), journal, catalog);
        var problems = stage.Begin(TickFeed.Of(archive, request.Source.Name, days[0]).First().Tick.Timestamp);
        if (problems.Count > 0) return Outcome<TickBacktestResult>.Failure(problems);
        var (played, all) = (0L, days.Sum(day => day.Sum(one => one.Count)));
        foreach (var day in days)
        {
            foreach (var (symbol, tick) in TickFeed.Of(archive, request.Source.Name, day))
            {
                stage.Feed(symbol, tick);
                if ((++played & TicksBetweenReports) != 0) continue;
                stop.ThrowIfCancellationRequested();
                progress?.Report(Math.Min(1.0, (double)played / all));
            }
        }

        return Outcome<TickBacktestResult>.Success(stage.End());
    }

    private sealed class Stage(TickBacktestRequest request, TradingEngine engine, TickBacktestJournal journal, ContractCatalog catalog)
    {
        private readonly Dictionary<Symbol, SymbolLane> _lanes = [];
        private readonly Dictionary<Symbol, ContractPlay> _plays = [];
        private readonly List<(DateTimeOffset At, decimal Equity)> _equity = [];
        private readonly int _minutes = request.Strategy is { BarLength: var length } ? (int)length.Length.TotalMinutes : 1;
        private DateTimeOffset? _lastAt;
        private int _booked;
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

        public void Feed(Symbol symbol, in RawTick tick)
        {
            (_ticks, _lastAt) = (_ticks + 1, tick.Timestamp);
            if (!_lanes.TryGetValue(symbol, out var lane) && engine.FindLane(request.Source.Name, symbol, tick.Timestamp) is { } found) _lanes.Add(symbol, lane = found);
            if (lane is null || engine.OnTick(lane, tick, tick.Timestamp) != TickReject.None) _rejected++;
            else PlayOf(lane).Add(lane.Last, lane.Window!);
            journal.Commit(engine);
            while (_booked < journal.Trades.Count) Book(journal.Trades[_booked++]);
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
                LastAt = _lastAt,
                Contracts = _plays.ToDictionary(play => play.Key, play => play.Value.End()),
                Funds = snapshot.Accounts.Single(view => view.Account.Id == _account).Funds,
                Strategy = snapshot.Strategies.Count > 0 ? snapshot.Strategies[0] : null,
            };
        }

        private void Book(Trade trade)
        {
            if (_lanes.TryGetValue(trade.Fill.Symbol, out var lane)) PlayOf(lane).Add(trade);
        }

        private ContractPlay PlayOf(SymbolLane lane)
        {
            if (_plays.TryGetValue(lane.Symbol, out var play)) return play;
            var contract = lane.Contract;
            return _plays[lane.Symbol] = new(contract, day => catalog.TermsOn(contract, day), _minutes);
        }

        private IReadOnlyList<Problem> Start(TickBacktestStrategy strategy)
        {
            var created = engine.Strategies.Create(
                new() { Name = "backtest", Definition = strategy.Definition, AccountId = _account, Symbols = strategy.Symbols, BarLength = strategy.BarLength, Parameters = strategy.Parameters, Mode = StrategyMode.Paper }, _now);
            return created.Succeeded ? engine.Strategies.Start(created.Value.Id, strategy.WarmUp, _now).Problems : created.Problems;
        }
    }
}

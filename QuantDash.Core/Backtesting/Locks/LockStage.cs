using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Performance;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Backtesting.Locks;

/// <summary>One run: an engine of its own, started with the scene, on a source whose ticks are its clock.</summary>
internal sealed class LockStage
{
    private const int LookEvery = 1024;
    private const int CurveSpans = 150;
    private const int TraceSpans = 200;
    private static readonly SourceName Source = new("lock-backtest");
    private static readonly AccountId Account = new(new Guid(1, 0x6c6f, 0x636b, new byte[8]));

    private readonly LockScene _scene;
    private readonly LockTicks _ticks;
    private readonly LockConfirmation _confirmation;
    private readonly LockJournal _journal = new();
    private readonly TradingEngine _engine;
    private readonly EquityCurve _curve;
    private readonly PriceTrace? _trace;
    private readonly List<RuleWatch> _watches = [];
    private decimal? _startEquity;
    private Funds? _funds;
    private decimal _marginPeak;
    private long _refused;
    private double _lastPrice;

    public LockStage(LockScene scene, LockTicks ticks, LockConfirmation confirmation, ContractCatalog catalog, TradingCalendar calendar, EngineOptions options, bool detail)
    {
        (_scene, _ticks, _confirmation) = (scene, ticks, confirmation);
        _engine = new(catalog, calendar, _journal, _journal, options);
        _curve = new(detail ? Part(CurveSpans) : TimeSpan.MaxValue);
        if (detail) _trace = new(Part(TraceSpans));
        Begin(calendar);
    }

    /// <summary>Before the first tick: what is armed then sees every one of them.</summary>
    private DateTimeOffset Start => _ticks.From.AddMilliseconds(-1);

    private bool IsDetailed => _trace is not null;

    public Outcome<LockBacktestResult> Play(IReadOnlyList<LockRule> rules, Action<double>? report)
    {
        List<LockRule> armed = [];
        foreach (var rule in rules)
        {
            var saved = _engine.SaveRule(Prepared(rule, armed.Count), Start);
            if (!saved.Succeeded) return Outcome<LockBacktestResult>.Failure(saved.Problems);
            armed.Add(saved.Value.Rule);
        }
        if (IsDetailed) _watches.AddRange(armed.Select(rule => new RuleWatch(rule.Id)));
        _journal.Commit(_engine);
        Play(report);
        return Outcome<LockBacktestResult>.Success(Told(armed));
    }

    private void Begin(TradingCalendar calendar)
    {
        var window = calendar.WindowAt(_scene.Contract, _ticks.From, _scene.SessionsAlways);
        var first = _ticks.FirstTraded(_scene.Contract, calendar, _scene.SessionsAlways);
        var lots = _scene.Lots.Where(lot => !lot.Volume.IsZero).Select((lot, i) => Begun(lot, i, window.TradingDay, first)).ToList();
        var balances = new LedgerBalances
        {
            AccountId = Account, Currency = _scene.Contract.Currency, TradingDay = window.TradingDay, Deposits = _scene.Cash,
            StaticEquity = _scene.Cash + LotPnl.BeforeBasis(lots, _scene.Contract.Multiplier),
        };
        _engine.Recover(
            new()
            {
                Sources = [new() { Name = Source, Clock = SourceClock.Ticks, SessionsAlways = _scene.SessionsAlways, ExpiryNone = _scene.ExpiryNone, CreatedAt = Start }],
                Accounts = [new() { Id = Account, Name = "lock backtest", Venue = VenueKind.Simulated, Currency = _scene.Contract.Currency, Source = Source, CreatedAt = Start }],
                Ledgers = [balances],
                Lots = lots,
            },
            Start);
        _journal.Commit(_engine);
    }

    private Lot Begun(SceneLot asked, int number, DateOnly today, RawTick? first)
    {
        var day = asked.OpenedOn is { } told && told < today && asked.OpenPrice is not null ? told : today;
        var price = asked.OpenPrice ?? Entry(asked.Side, first);
        return new()
        {
            Id = new(number + 1, 0x6c6f, 0x74, new byte[8]), AccountId = Account, Symbol = _scene.Contract.Symbol, Side = asked.Side, Volume = asked.Volume,
            OpenedOn = day, OpenedAt = day == today ? Start : new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero), OpenPrice = price,
            MarkBasis = day < today && first?.PreSettlement is > 0 and { } settled ? new((decimal)settled) : price,
        };
    }

    /// <summary>What the other side asks or bids; the last price where it shows none.</summary>
    private static Price? Entry(Side side, RawTick? first) => first is not { } tick ? null : new((decimal)((side == Side.Long ? tick.AskPrice : tick.BidPrice) ?? tick.LastPrice));

    /// <summary>As if it had been saved, switched on, before the span.</summary>
    private LockRule Prepared(LockRule rule, int number) => rule with
    {
        AccountId = Account, IsEnabled = true, Shadow = false, DisabledReason = null, ValidUntil = null, CreatedAt = Start.AddTicks(number), UpdatedAt = Start.AddTicks(number),
    };

    private void Play(Action<double>? report)
    {
        var lane = _engine.FindLane(Source, _scene.Contract.Symbol, Start) ?? throw new InvalidOperationException($"{_scene.Contract.Symbol} is not in the catalog.");
        long played = 0;
        foreach (var tick in _ticks.Read())
        {
            if (played++ % LookEvery == 0) report?.Invoke((double)played / _ticks.Count);
            Confirm(tick.Timestamp);
            if (_engine.OnTick(lane, tick, tick.Timestamp) != TickReject.None) _refused++;
            var wrote = _journal.Commit(_engine);
            if (_confirmation.After == TimeSpan.Zero) wrote |= Confirm(tick.Timestamp);
            Note(lane, tick, wrote);
        }
        report?.Invoke(1);
    }

    /// <summary>The clicks that came before this moment, at the price that was shown then.</summary>
    private bool Confirm(DateTimeOffset until)
    {
        if (_confirmation.After is not { } after || _journal.Waiting.Count == 0) return false;
        foreach (var trigger in _journal.Waiting.Where(trigger => trigger.TriggeredAt + after <= until && !(trigger.ConfirmBy < trigger.TriggeredAt + after)).ToList())
        {
            _journal.Leave(trigger.Id);
            _engine.ConfirmTrigger(trigger.Id, null, force: true, until);
        }
        return _journal.Commit(_engine);
    }

    private void Note(SymbolLane lane, in RawTick tick, bool wrote)
    {
        _trace?.Add(tick.Timestamp, (long)Math.Round(tick.LastPrice / (double)lane.Contract.PriceTick));
        var fired = _journal.Triggers.Count;
        foreach (var watch in _watches)
        {
            if (fired == 0 || !_journal.Triggers.Any(trigger => trigger.ConfigId == watch.RuleId)) watch.Look(_engine, tick.Timestamp);
        }
        if (!wrote && tick.LastPrice == _lastPrice && _funds is not null) return;
        _lastPrice = tick.LastPrice;
        Value(tick.Timestamp);
    }

    private void Value(DateTimeOffset at)
    {
        _funds = _engine.FundsOf(Account);
        if (_funds?.Equity is not { } equity) return;
        _startEquity ??= equity;
        _marginPeak = Math.Max(_marginPeak, _funds.Margin);
        _curve.Add(new(at, equity, _funds.Deposits, _funds.Margin));
    }

    private LockBacktestResult Told(IReadOnlyList<LockRule> rules)
    {
        Value(_ticks.To);
        List<LockFiring> firings = [.. _journal.Triggers.Select(trigger => new LockFiring(trigger, _journal.ExecutionOf(trigger.Id)))];
        return new()
        {
            Rules = [.. rules.Select(rule => Answer(rule, [.. firings.Where(firing => firing.Trigger.ConfigId == rule.Id)]))],
            Firings = firings,
            Orders = [.. _journal.Orders],
            Trades = _journal.Trades,
            Locks = [.. _journal.Locks],
            Equity = IsDetailed ? _curve.Points : [],
            Prices = _trace?.Points ?? [],
            StartEquity = _startEquity,
            FinalEquity = _funds?.Equity,
            Fees = _funds?.Fees ?? 0m,
            MaxDrawdown = _curve.DeepestFall ?? 0m,
            MarginPeak = _marginPeak,
            Ticks = _ticks.Count,
            Refused = _refused,
            From = _ticks.From,
            To = _ticks.To,
            Bars = _ticks.Bars,
        };
    }

    private RuleAnswer Answer(LockRule rule, IReadOnlyList<LockFiring> firings)
    {
        var watch = _watches.Find(one => one.RuleId == rule.Id);
        return firings.Count > 0 ? new(rule, firings, null, null) : new(rule, firings, watch?.Nearest, watch?.Nearest is null ? watch?.Why : null);
    }

    private TimeSpan Part(int of) => TimeSpan.FromTicks(Math.Max(TimeSpan.TicksPerSecond, (_ticks.To - _ticks.From).Ticks / of));
}

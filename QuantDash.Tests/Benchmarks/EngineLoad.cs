using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Benchmarks;

/// <summary>The real engine with one source, one account and as many rules as a benchmark asks for.</summary>
internal sealed class EngineLoad
{
    /// <summary>Trading days do not matter here: the source trades around the clock.</summary>
    public static readonly DateTimeOffset Start = new(2026, 11, 20, 2, 0, 0, TimeSpan.Zero);
    public static readonly SourceName SourceName = new("bench");

    private int _rules;

    public EngineLoad(TradingEngine engine, SourceClock clock, DateTimeOffset now)
    {
        Engine = engine;
        Now = now;
        Need(engine.CreateSource(new() { Name = SourceName, Clock = clock, SessionsAlways = true, ExpiryNone = true, CreatedAt = now }));
        var account = new Account
        {
            Id = new(new Guid(1, 1, 1, new byte[8])), Name = "bench", Venue = VenueKind.Simulated, Currency = Currency.Cny, Source = SourceName, CreatedAt = now,
        };
        AccountId = Need(engine.CreateAccount(account, new(100_000_000_000m, Currency.Cny), now)).Id;
    }

    public static TradingCalendar Calendar { get; } = TradingCalendar.FromReferenceData();
    public static ContractCatalog Catalog { get; } = ContractCatalog.FromReferenceData(Calendar);

    public TradingEngine Engine { get; }
    public AccountId AccountId { get; }
    public DateTimeOffset Now { get; }

    public static TradingEngine NewEngine(IJournal journal) => new(Catalog, Calendar, journal, new Ids(), new());

    public SymbolLane Lane(Symbol symbol) => Engine.FindLane(SourceName, symbol, Now) ?? throw new InvalidOperationException($"{symbol} is not in the catalog.");

    /// <summary>Futures that are listed on <see cref="Start"/>, nearest months first.</summary>
    public IReadOnlyList<SymbolLane> Lanes(int count)
    {
        var found = new List<SymbolLane>();
        foreach (var month in (string[])["2612", "2701", "2703", "2705", "2709"])
        {
            foreach (var product in Catalog.Products.Where(p => p.HoldsBothSides && p.Currency == Currency.Cny))
            {
                if (found.Count == count) return found;
                if (Engine.FindLane(SourceName, Symbol.Create(product.Exchange, product.Code + month), Now) is { } lane) found.Add(lane);
            }
        }
        return found.Count == count ? found : throw new InvalidOperationException($"Only {found.Count} contracts.");
    }

    /// <summary>A long leg in every lane, in one snapshot: one that left a contract out would suspend its rules.</summary>
    public void Hold(IReadOnlyList<SymbolLane> lanes, decimal volume, long openTicks) => Need(Engine.ApplySnapshot(
        new() { AccountId = AccountId, Positions = [.. lanes.Select(lane => Long(lane, new(volume), openTicks))] }, Now));

    /// <summary>A rule that locks about one lot of a leg of <paramref name="leg"/> lots.</summary>
    public LockRule Rule(SymbolLane lane, TriggerType type, decimal leg) => new()
    {
        Id = new(++_rules, 2, 2, new byte[8]),
        AccountId = AccountId,
        Symbol = lane.Symbol,
        Direction = Side.Long,
        TriggerType = type,
        AutoExecute = true,
        ProfitLockRatio = new(1 / leg),
        StopLockRatio = new(1 / leg),
        CreatedAt = Now.AddMilliseconds(_rules),
        UpdatedAt = Now,
    };

    public void Save(LockRule rule) => Need(Engine.SaveRule(rule, Now));

    /// <summary>A benchmark with rules that sleep would measure nothing.</summary>
    public void RequireArmed(int count)
    {
        var armed = Engine.Snapshot(Now).Rules.Count(rule => rule.State.State == ArmState.Armed);
        if (armed != count) throw new InvalidOperationException($"{armed} of {count} rules are armed.");
    }

    /// <summary>A rule of every kind in turn: stop, profit, wide trailing, price, a profit that decays, trailing by the average range, a time tomorrow, trailing by a
    /// ratio that sleeps until its activation, a ladder, several conditions that want three ticks; nothing of it within 1,000 ticks.</summary>
    public LockRule Far(SymbolLane lane, int number, decimal leg, long centre)
    {
        var away = 2_000 + (number % 3_000);
        return (number % 10) switch
        {
            0 => Rule(lane, TriggerType.Price, leg) with { StopLossPrice = lane.Contract.PriceAt(centre - away) },
            1 => Rule(lane, TriggerType.Profit, leg) with { ProfitLockEnabled = true, ProfitLockThreshold = away * lane.Contract.PriceTick * lane.Contract.Multiplier * leg },
            2 => Rule(lane, TriggerType.Trailing, leg) with { TrailingStop = true, TrailingDistance = away * lane.Contract.PriceTick },
            3 => Rule(lane, TriggerType.Profit, leg) with
            {
                ProfitLockEnabled = true, ProfitLockThreshold = 2 * away * lane.Contract.PriceTick * lane.Contract.Multiplier * leg,
                DecayFloor = away * lane.Contract.PriceTick * lane.Contract.Multiplier * leg, DecayHalfLifeMinutes = 60,
            },
            4 => Rule(lane, TriggerType.Trailing, leg) with { TrailingStop = true, TrailingMode = TrailingMode.Atr, TrailingDistance = 100, AtrPeriod = 2, AtrTimeframe = TimeSpan.FromMinutes(1) },
            5 => Rule(lane, TriggerType.Time, leg) with { TriggerTime = TriggerTime.AtClock(new(9, 0)) },
            6 => Rule(lane, TriggerType.Trailing, leg) with
            {
                TrailingStop = true, TrailingMode = TrailingMode.Ratio, TrailingDistance = 0.1m, TrailingActivation = lane.Contract.PriceAt(centre + away),
            },
            7 => Rule(lane, TriggerType.Price, leg) with
            {
                Stages = [new(lane.Contract.PriceAt(centre + away).Value, new(0.3m)), new(lane.Contract.PriceAt(centre + away + 50).Value, new(0.3m))],
            },
            8 => Rule(lane, TriggerType.Price, leg) with
            {
                TriggerPrice = lane.Contract.PriceAt(centre + away), StopLossPrice = lane.Contract.PriceAt(centre - away), ConfirmTicks = 3, Also = [TriggerType.Profit],
                ProfitLockEnabled = true, ProfitLockThreshold = away * lane.Contract.PriceTick * lane.Contract.Multiplier * leg,
            },
            _ => Rule(lane, TriggerType.Price, leg) with { TriggerPrice = lane.Contract.PriceAt(centre + away) },
        };
    }

    public static RawTick Tick(SymbolLane lane, long ticks, DateTimeOffset at, double depth = 1000)
    {
        double Price(long count) => (double)lane.Contract.PriceAt(count).Value;
        return new() { Timestamp = at, LastPrice = Price(ticks), BidPrice = Price(ticks - 1), BidVolume = depth, AskPrice = Price(ticks + 1), AskVolume = depth, Volume = 1, OpenInterest = 1 };
    }

    private static SnapshotPosition Long(SymbolLane lane, Volume volume, long openTicks) =>
        new() { Symbol = lane.Symbol, LongVolume = volume, LongToday = volume, LongAveragePrice = lane.Contract.PriceAt(openTicks), ShortVolume = Volume.Zero };

    private static T Need<T>(Outcome<T> outcome) => outcome.Value;

    private sealed class Ids : IIdentitySource
    {
        private int _last;

        public Guid Next() => new(++_last, 3, 3, new byte[8]);
    }
}

/// <summary>Forgets every batch; its owner says when they are durable.</summary>
internal sealed class ForgettingJournal : IJournal
{
    public event Action<long>? Committed;

    public long Last { get; private set; }

    public void Append(JournalBatch batch) => Last = batch.Sequence;

    /// <summary>Everything so far is durable, and what follows from that, until nothing new is written.</summary>
    public void CommitTo(TradingEngine engine)
    {
        for (long told = 0; told < Last;)
        {
            told = Last;
            Committed?.Invoke(told);
            engine.OnCommitted(told);
        }
    }
}

using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine;

/// <summary>The real engine with a journal in memory that commits at once unless told to hold: what a test does is what the trading thread would do.</summary>
public sealed class EngineHarness
{
    public static readonly TradingCalendar Calendar = TradingCalendar.FromReferenceData();
    private static readonly ContractCatalog Catalog = ContractCatalog.FromReferenceData(Calendar);

    private readonly CountingIdentities _ids = new();
    private readonly EngineOptions _options;
    private readonly ContractCatalog _catalog;
    private readonly TradingCalendar _calendar;
    private readonly ITickRecorder? _recorder;
    private readonly QuantDash.Core.Hosting.IStrategyDefinitions? _strategies;

    public EngineHarness(EngineOptions? options = null, ITickRecorder? recorder = null, ContractCatalog? catalog = null, QuantDash.Core.Hosting.IStrategyDefinitions? strategies = null, TradingCalendar? calendar = null)
    {
        _calendar = calendar ?? Calendar;
        (_options, _recorder, _catalog, _strategies) = (options ?? new(), recorder, catalog ?? Catalog, strategies);
        Restart(RecoveredState.Empty, Wall);
    }

    public static DateTimeOffset Wall { get; } = new(2026, 11, 20, 2, 0, 0, TimeSpan.Zero);
    public TradingEngine Engine { get; private set; }
    public MemoryJournal Journal { get; } = new();
    public SourceName Source { get; } = new("test");
    public EngineSnapshot Snapshot => Engine.Snapshot(Wall);

    /// <summary>A new engine on what was durable, as after a kill.</summary>
    [System.Diagnostics.CodeAnalysis.MemberNotNull(nameof(Engine))]
    public void Restart(RecoveredState state, DateTimeOffset now)
    {
        Engine = new(_catalog, _calendar, Journal, _ids, _options, _recorder, new QuantDash.Web.Adapters.Venues.Bridge.BridgeLinkFactory(), _strategies);
        Engine.Recover(state, now);
        Commit();
    }

    public AccountId Account(decimal balance = 10_000_000m, SourceClock clock = SourceClock.Ticks, VenueKind venue = VenueKind.Simulated, Currency? currency = null)
    {
        if (Snapshot.Sources.All(view => view.Source.Name != Source))
            Engine.CreateSource(new() { Name = Source, Clock = clock, CreatedAt = Wall }).Succeeded.ShouldBeTrue();
        var account = new Account
        {
            Id = new(Guid.NewGuid()), Name = "test", Venue = venue, Currency = currency ?? Currency.Cny, Source = Source, CreatedAt = Wall,
        };
        Engine.CreateAccount(account, new(balance, account.Currency), Wall).Problems.ShouldBeEmpty();
        Commit();
        return account.Id;
    }

    /// <param name="earlier">How much of each leg was opened on an earlier trading day.</param>
    public void Hold(AccountId account, Symbol symbol, decimal longVolume = 0, decimal longPrice = 0, decimal shortVolume = 0, decimal shortPrice = 0, decimal earlier = 0)
    {
        var snapshot = new PositionSnapshot
        {
            AccountId = account,
            Positions =
            [
                new()
                {
                    Symbol = symbol,
                    LongVolume = new(longVolume), LongToday = new(Math.Max(0, longVolume - earlier)), LongAveragePrice = longVolume > 0 ? new Price(longPrice) : null,
                    ShortVolume = new(shortVolume), ShortToday = new(Math.Max(0, shortVolume - earlier)), ShortAveragePrice = shortVolume > 0 ? new Price(shortPrice) : null,
                },
            ],
        };
        Engine.ApplySnapshot(snapshot, Wall).Problems.ShouldBeEmpty();
        Commit();
    }

    public RuleSaved Rule(LockRule rule)
    {
        var saved = Engine.SaveRule(rule, Wall);
        saved.Problems.ShouldBeEmpty();
        Commit();
        return saved.Value;
    }

    public static LockRule NewRule(AccountId account, Symbol symbol, Side side, TriggerType type) => new()
    {
        Id = Guid.NewGuid(), AccountId = account, Symbol = symbol, Direction = side, TriggerType = type, AutoExecute = true, CreatedAt = Wall, UpdatedAt = Wall,
    };

    public TickReject Tick(Symbol symbol, DateTimeOffset at, double last, double? bid = null, double? ask = null, double depth = 100)
    {
        var raw = new RawTick { Timestamp = at, LastPrice = last, BidPrice = bid, BidVolume = bid is null ? null : depth, AskPrice = ask, AskVolume = ask is null ? null : depth };
        return Tick(symbol, raw);
    }

    public TickReject Tick(Symbol symbol, in RawTick raw)
    {
        var outcome = Engine.OnTick(Source, symbol, raw, raw.Timestamp);
        Commit();
        return outcome;
    }

    /// <summary>Says that everything written so far is durable, until nothing new is written.</summary>
    public void Commit()
    {
        while (Journal.Last > Journal.Told)
        {
            Journal.Told = Journal.Last;
            Engine.OnCommitted(Journal.Told);
        }
    }
}

/// <summary>Keeps every batch; the harness decides when it is durable.</summary>
public sealed class MemoryJournal : IJournal
{
    public event Action<long>? Committed;

    public List<JournalBatch> Batches { get; } = [];
    public long Last => Batches.Count == 0 ? 0 : Batches[^1].Sequence;
    public long Told { get; set; }
    public IEnumerable<JournalChange> Changes => Batches.SelectMany(batch => batch.Changes);

    /// <summary>Refuses what the tables refuse: such a batch would hold up the database writer for ever.</summary>
    public void Append(JournalBatch batch)
    {
        foreach (var change in batch.Changes)
            if (change is JournalChange.TriggerSaved { Trigger.LockVolume.IsZero: true }) throw new InvalidOperationException("lock_triggers takes no volume of 0");
        Batches.Add(batch);
        Committed?.Invoke(batch.Sequence);
    }
}

/// <summary>1, 2, 3, … as ids.</summary>
public sealed class CountingIdentities : IIdentitySource
{
    private int _last;

    public Guid Next() => new(++_last, 0, 0, new byte[8]);
}

using System.Globalization;
using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine;

/// <summary>10 lots of PTA, opened at 5500 at the beginning, on a source that goes by the machine's clock, which a test sets.</summary>
internal sealed class ClockDesk
{
    public static readonly Symbol Pta = Symbol.Create("CZCE", "TA2701");
    private readonly SourceClock _clock;

    public ClockDesk(string start, SourceClock clock = SourceClock.Wall)
    {
        _clock = clock;
        Now = At(start);
        Account = Harness.Account(clock: clock);
        Tick(start, 5500);
        var snapshot = new QuantDash.Core.Positions.PositionSnapshot
        {
            AccountId = Account,
            Positions = [new() { Symbol = Pta, LongVolume = new(10), LongToday = new(10), LongAveragePrice = new Price(5500m), ShortVolume = Volume.Zero, ShortToday = Volume.Zero }],
        };
        Harness.Engine.ApplySnapshot(snapshot, Now).Problems.ShouldBeEmpty();
        Harness.Commit();
    }

    public EngineHarness Harness { get; } = new();
    public AccountId Account { get; }
    public DateTimeOffset Now { get; private set; }
    public IReadOnlyList<LockTrigger> Triggers => Harness.Snapshot.Triggers;
    public LockRuleState State => Harness.Snapshot.Rules[0].State;
    public decimal Locked => Harness.Snapshot.Accounts[0].Positions[0].Long.LockedVolume.Value;
    public ConditionView Time => Condition(ConditionKind.Time);

    public static DateTimeOffset At(string beijing) => new(DateTime.Parse(beijing, CultureInfo.InvariantCulture), TimeSpan.FromHours(8));

    public ConditionView Condition(ConditionKind kind) => Harness.Snapshot.Rules[0].Conditions.Single(condition => condition.Kind == kind);

    public RuleSaved Save(TriggerTime time, bool auto = true, decimal ratio = 1, decimal? stop = null, DateTimeOffset? validUntil = null) =>
        Save(EngineHarness.NewRule(Account, Pta, Side.Long, TriggerType.Time) with
        {
            TriggerTime = time, AutoExecute = auto, ProfitLockRatio = new(ratio), StopLossPrice = stop is { } price ? new Price(price) : null, ValidUntil = validUntil,
        });

    public RuleSaved Save(LockRule rule)
    {
        var saved = Harness.Engine.SaveRule(rule, Now);
        saved.Problems.ShouldBeEmpty();
        Harness.Commit();
        return saved.Value;
    }

    public void Tick(string at, double last, double bidVolume = 100)
    {
        Now = At(at);
        Harness.Tick(Pta, new RawTick { Timestamp = Now, LastPrice = last, BidPrice = last - 2, BidVolume = bidVolume, AskPrice = last + 2, AskVolume = 100 }).ShouldBe(TickReject.None);
    }

    public void Timer(string at)
    {
        if (_clock == SourceClock.Wall) Now = At(at);
        Harness.Engine.OnTimer(At(at));
        Harness.Commit();
    }

    /// <summary>kill -9 and a start: only what was written down is left.</summary>
    public void Restart(string at)
    {
        Now = At(at);
        Harness.Restart(DurableState.After(Harness.Journal.Batches, Harness.Journal.Last), Now);
    }
}

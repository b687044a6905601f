using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine.Peers42;

/// <summary>One account with 10 lots of PTA at 5500 on a source that goes by the wall clock, a tick a second, and a process that can be off for a while.</summary>
internal sealed class WallDesk
{
    public static readonly Symbol Pta = Symbol.Create("CZCE", "TA2701");
    private static readonly DateOnly Friday = new(2026, 11, 20);
    private RawTick _last;

    public WallDesk(Side side = Side.Long)
    {
        Side = side;
        Account = Harness.Account(clock: SourceClock.Wall);
        Tick(5500);
        Harness.Hold(Account, Pta, side == Side.Long ? 10 : 0, 5500, side == Side.Short ? 10 : 0, 5500);
    }

    public EngineHarness Harness { get; } = new();
    public Side Side { get; }
    public AccountId Account { get; }
    public DateTimeOffset Now { get; set; } = EngineHarness.Wall;
    public EngineSnapshot Snapshot => Harness.Snapshot;
    public IReadOnlyList<LockTrigger> Triggers => Snapshot.Triggers;
    public IEnumerable<string> Missed => Harness.Journal.Changes.OfType<JournalChange.EventAdded>().Where(change => change.Event.Key == "lock.missed").Select(change => change.Event.Values[1]);

    /// <summary>In the leg's favour by so much from 5500.</summary>
    public double At(double favour) => 5500 + (favour * Side.Sign());

    /// <summary>A rule of this kind whose level lies 20 from 5500.</summary>
    public LockRule Rule(ConditionKind kind)
    {
        var rule = EngineHarness.NewRule(Account, Pta, Side, TriggerType.Price);
        return Harness.Rule(kind switch
        {
            ConditionKind.Stop => rule with { StopLossPrice = new((decimal)At(-20)) },
            ConditionKind.Trailing => rule with { TriggerType = TriggerType.Trailing, TrailingStop = true, TrailingDistance = 20 },
            ConditionKind.Profit => rule with { TriggerType = TriggerType.Profit, ProfitLockEnabled = true, ProfitLockThreshold = 1000 },
            ConditionKind.Price => rule with { TriggerPrice = new((decimal)At(20)) },
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No level."),
        }).Rule;
    }

    /// <param name="last">Last price.</param>
    /// <param name="high">Of the day so far; the feed carries none when null.</param>
    /// <param name="low">Of the day so far.</param>
    /// <param name="bid">Two below the last price unless said.</param>
    public TickReject Tick(double last, double? high = null, double? low = null, double? bid = null)
    {
        Now = Now.AddSeconds(1);
        _last = new()
        {
            Timestamp = Now, LastPrice = last, HighPrice = high, LowPrice = low,
            BidPrice = bid == 0 ? null : bid ?? last - 2, BidVolume = bid == 0 ? null : 100, AskPrice = last + 2, AskVolume = 100,
        };
        var outcome = Harness.Engine.OnTick(Harness.Source, Pta, _last, Now);
        Harness.Engine.OnTimer(Now);
        Harness.Commit();
        return outcome;
    }

    /// <summary>kill -9, and a start later: what was written down is left, and the last tick in the tick store.</summary>
    public void Off(TimeSpan time, bool knowsLastTick = true)
    {
        Now += time;
        var durable = DurableState.After(Harness.Journal.Batches, Harness.Journal.Last);
        Harness.Restart(knowsLastTick ? durable with { LastTicks = [LastTick()] } : durable, Now);
    }

    private LastTick LastTick() => new(Harness.Source, Pta, Friday, new()
    {
        OccurredAt = _last.Timestamp, ReceivedAt = _last.Timestamp, LastTicks = (long)(_last.LastPrice / 2),
        HighTicks = (long)((_last.HighPrice ?? 0) / 2), LowTicks = (long)((_last.LowPrice ?? 0) / 2),
    });
}

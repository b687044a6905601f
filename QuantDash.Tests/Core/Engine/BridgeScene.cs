using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Core.Engine;

/// <summary>A bridge account long 10 TA at 5500 with a rule that locks all of it at 5520, the trader's program, and time in the test's hand.</summary>
internal sealed class BridgeScene
{
    public static readonly Symbol Pta = Symbol.Create("CZCE", "TA2701");
    private double _volume;

    public BridgeScene(bool reconciled = true, decimal balance = 0m, QuantDash.Core.Hosting.IStrategyDefinitions? strategies = null)
    {
        Harness = new(strategies: strategies);
        Account = Harness.Account(balance, SourceClock.Wall, VenueKind.Bridge);
        Program = NewProgram();
        Program.Poll(Now);
        Positions(10, 0, epoch: reconciled ? Program.Epoch : null);
        Harness.Rule(EngineHarness.NewRule(Account, Pta, Side.Long, TriggerType.Price) with { TriggerPrice = new(5520) });
    }

    public EngineHarness Harness { get; }
    public AccountId Account { get; }
    public Counter Counter { get; } = new();
    public TraderProgram Program { get; }
    public DateTimeOffset Now { get; private set; } = EngineHarness.Wall;
    public Order Order => Orders.ShouldHaveSingleItem();
    public IReadOnlyList<Order> Orders => DurableState.After(Harness.Journal.Batches, long.MaxValue).Orders;
    public LockTrigger Trigger => Harness.Snapshot.Triggers.ShouldHaveSingleItem();
    public BridgeView Bridge => Harness.Snapshot.Accounts[0].Bridge!;
    public UnknownOrderView Unknown => Harness.Snapshot.Unknown.ShouldHaveSingleItem();
    public PositionView Position => Harness.Snapshot.Accounts[0].Positions.ShouldHaveSingleItem();
    public IEnumerable<string> Told => Harness.Journal.Changes.OfType<JournalChange.EventAdded>().Select(change => change.Event.Key);

    public TraderProgram NewProgram() => new(
        now => Take(now, another: false),
        (reports, now) => Done(Harness.Engine.TakeReports(Account, reports, now)),
        Counter);

    public Outcome<BridgeHandOut> Take(DateTimeOffset now, bool another) => Done(Harness.Engine.TakeCommands(Account, another, now));

    /// <summary>Lets the rule fire; its order is then to be handed out.</summary>
    public BridgeScene Fire()
    {
        Tick(5522);
        return this;
    }

    public void Tick(double price) => Harness.Tick(Pta, new RawTick
    {
        Timestamp = Now, LastPrice = price, Volume = ++_volume, BidPrice = price - 2, BidVolume = 100, AskPrice = price + 2, AskVolume = 100,
    });

    /// <summary>Time passes, with the timer ten times a second's worth of it at the end.</summary>
    public void Wait(double seconds)
    {
        Now += TimeSpan.FromSeconds(seconds);
        Harness.Engine.OnTimer(Now);
        Harness.Commit();
    }

    public Outcome<SnapshotResult> Positions(decimal longs, decimal shorts, string? epoch = null) => Done(Harness.Engine.ApplySnapshot(
        new()
        {
            AccountId = Account, Timestamp = Now, Epoch = epoch, Complete = true,
            Positions =
            [
                new()
                {
                    Symbol = Pta, LongVolume = new(longs), LongToday = new(longs), LongAveragePrice = longs > 0 ? new Price(5500) : null,
                    ShortVolume = new(shorts), ShortToday = new(shorts), ShortAveragePrice = shorts > 0 ? new Price(5520) : null,
                },
            ],
        },
        Now));

    public Outcome<TradesTaken> Trades(params IReadOnlyList<ToldTrade> trades) => Done(Harness.Engine.TakeTrades(Account, trades, Now));

    /// <summary>Fills at the counter; the report is told now or kept.</summary>
    public BridgeReport Fill(decimal volume, bool tell = true)
    {
        var report = Counter.Fill(Counter.Placed[^1], volume, 5518, Now);
        if (tell) Program.Tell(Now, report);
        return report;
    }

    /// <summary>kill -9 and a start, on what was durable.</summary>
    public void Restart(double secondsOff = 1)
    {
        Now += TimeSpan.FromSeconds(secondsOff);
        Harness.Restart(DurableState.After(Harness.Journal.Batches, Harness.Journal.Told), Now);
    }

    /// <summary>What the program does after a start of ours: asks, is told to reconcile, and does.</summary>
    public void Reconcile(decimal longs, decimal shorts)
    {
        Program.Poll(Now);
        Program.SnapshotWanted.ShouldBeTrue();
        Positions(longs, shorts, Program.Epoch).Problems.ShouldBeEmpty();
    }

    private T Done<T>(T outcome)
    {
        Harness.Commit();
        return outcome;
    }
}

using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine;

/// <summary>One account with some PTA (tick 2, multiplier 5) and a price that a test moves by hand, half a second a tick.</summary>
public sealed class PtaDesk
{
    public static readonly Symbol Pta = Symbol.Create("CZCE", "TA2701");
    private DateTimeOffset _clock = new(2026, 11, 20, 1, 30, 0, TimeSpan.Zero);

    public PtaDesk(decimal longVolume, decimal price = 5500m, decimal balance = 10_000_000m)
    {
        Account = Harness.Account(balance);
        Tick((double)price);
        Harness.Hold(Account, Pta, longVolume: longVolume, longPrice: price);
    }

    public EngineHarness Harness { get; } = new();
    public AccountId Account { get; }
    public IReadOnlyList<LockTrigger> Triggers => Harness.Snapshot.Triggers;
    public LockRuleState State => Harness.Snapshot.Rules[0].State;

    /// <summary>Locked volume of the long leg.</summary>
    public decimal Locked => Harness.Snapshot.Accounts[0].Positions[0].Long.LockedVolume.Value;

    public LockRule Price(decimal price) => EngineHarness.NewRule(Account, Pta, Side.Long, TriggerType.Price) with { TriggerPrice = new Price(price) };

    /// <summary>A ladder on the price with these (level, ratio).</summary>
    public LockRule Ladder(params IReadOnlyList<(decimal Level, decimal Ratio)> stages) =>
        EngineHarness.NewRule(Account, Pta, Side.Long, TriggerType.Price) with { Stages = [.. stages.Select(stage => new LadderStage(stage.Level, new(stage.Ratio)))] };

    public LockRule Save(LockRule rule) => Harness.Rule(rule).Rule;

    public void Tick(double last, double depth = 100) => Harness.Tick(Pta, Raw(last, depth)).ShouldBe(TickReject.None);

    /// <summary>A jump that the gate holds until another tick agrees.</summary>
    public void Spike(double last) => Harness.Tick(Pta, Raw(last, 100));

    /// <summary>The trading thread got as far as writing it down, and no further.</summary>
    public void TickUncommitted(double last, double depth = 100) => Harness.Engine.OnTick(Harness.Source, Pta, Raw(last, depth), _clock).ShouldBe(TickReject.None);

    /// <summary>kill -9 and a start: only what was written down is left.</summary>
    public void Kill() => Harness.Restart(DurableState.After(Harness.Journal.Batches, Harness.Journal.Last), _clock);

    public void Wait(TimeSpan time) => _clock += time;

    private RawTick Raw(double last, double depth)
    {
        _clock = _clock.AddSeconds(0.5);
        return new() { Timestamp = _clock, LastPrice = last, BidPrice = last - 2, BidVolume = depth, AskPrice = last + 2, AskVolume = depth };
    }
}

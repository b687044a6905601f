using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Core.Engine.Peers42;

namespace QuantDash.Tests.Core.Engine;

public sealed class ProtectionMapTests
{
    [Fact]
    public void NoRule_EveryLotIsUnprotected()
    {
        var leg = Leg(new WallDesk());
        (leg.Unprotected.Value, leg.Lives, leg.Guards.Count).ShouldBe((10, StopPlace.Nowhere, 0));
        leg.Lots.ShouldHaveSingleItem().Lives.ShouldBe(StopPlace.Nowhere);
    }

    [Fact]
    public void Stop_CoversTheLegHere_WithLevelAndDistance()
    {
        var desk = new WallDesk();
        desk.Rule(ConditionKind.Stop);
        desk.Tick(5500);
        var leg = Leg(desk);
        (leg.Guarded.Value, leg.Unprotected.Value, leg.Lives, leg.CanSend, leg.EvaluatedPrice).ShouldBe((10, 0, StopPlace.Here, true, new Price(5500)));
        var guard = leg.Guards.ShouldHaveSingleItem();
        (guard.Level, guard.DistanceTicks, guard.Covers.Value, guard.IsStop, guard.Why).ShouldBe((new Price(5480), 10L, 10, true, null));
    }

    /// <summary>Taking a gain protects nothing from a fall.</summary>
    [Theory]
    [InlineData(ConditionKind.Profit)]
    [InlineData(ConditionKind.Price)]
    public void GainRule_GuardsNothing(ConditionKind kind)
    {
        var desk = new WallDesk();
        desk.Rule(kind);
        desk.Tick(5500);
        var leg = Leg(desk);
        (leg.Guards.Count, leg.Guards[0].IsStop, leg.Unprotected.Value).ShouldBe((1, false, 10));
    }

    [Theory]
    [InlineData(null, null, 8)]
    [InlineData("a", "a", 5)]
    [InlineData("a", "b", 8)]
    public void TwoStops_AddUp_UnlessTheyShareAGroup(string? one, string? other, int guarded)
    {
        var desk = new WallDesk();
        desk.Harness.Rule(desk.Rule(ConditionKind.Stop) with { StopLockRatio = new(0.5m), OcoGroup = one });
        desk.Harness.Rule(desk.Rule(ConditionKind.Stop) with { StopLockRatio = new(0.3m), OcoGroup = other });
        desk.Tick(5500);
        (Leg(desk).Guarded.Value, Leg(desk).Unprotected.Value).ShouldBe((guarded, 10 - guarded));
    }

    [Fact]
    public void DisabledStop_GuardsNothing_AndSaysWhy()
    {
        var desk = new WallDesk();
        desk.Harness.Rule(desk.Rule(ConditionKind.Stop) with { IsEnabled = false });
        var leg = Leg(desk);
        (leg.Unprotected.Value, leg.Guards.ShouldHaveSingleItem().Why).ShouldBe((10, "disabled"));
    }

    [Fact]
    public void Lock_ProtectsItsLots_ABrokenOneOnlyWhatItStillCovers()
    {
        var desk = new WallDesk();
        desk.Rule(ConditionKind.Price);
        desk.Tick(5520);
        Map(desk).ShouldAllBe(leg => leg.Locked.Value == 10 && leg.Unprotected.IsZero && leg.Lives == StopPlace.Lock);
        desk.Harness.Hold(desk.Account, WallDesk.Pta, longVolume: 10, longPrice: 5500, shortVolume: 4, shortPrice: 5520);
        var map = Map(desk);
        (map[0].Side, map[0].Locked.Value, map[0].Unprotected.Value).ShouldBe((Side.Long, 4, 6));
        (map[1].Side, map[1].Locked.Value, map[1].Unprotected.Value).ShouldBe((Side.Short, 4, 0));
    }

    [Fact]
    public void SilentFeed_CannotSend()
    {
        var desk = new WallDesk();
        desk.Rule(ConditionKind.Stop);
        desk.Now = desk.Now.AddSeconds(30);
        desk.Harness.Engine.OnTimer(desk.Now);
        (Leg(desk).CanSend, Leg(desk).WhyNotSend, Leg(desk).IsStale).ShouldBe((false, "feed_stale", true));
        desk.Tick(5500);
        Leg(desk).IsStale.ShouldBeFalse();
    }

    private static IReadOnlyList<LegProtection> Map(WallDesk desk) => ProtectionMap.Build(desk.Snapshot);

    private static LegProtection Leg(WallDesk desk) => Map(desk).ShouldHaveSingleItem();
}

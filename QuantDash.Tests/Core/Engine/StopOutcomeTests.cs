using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine;

/// <summary>¥ at stop: 10 lots of PTA long at 5500, 5 t a lot.</summary>
public sealed class StopOutcomeTests
{
    private readonly PtaDesk _desk = new(10);

    [Theory]
    [InlineData("5480", "1", 10, -1000)]
    [InlineData("5490", "0.4", 4, -200)]
    public void Stop_ThatFillsAtItsLevel_LosesThis(string level, string ratio, int volume, int profit)
    {
        Stop(decimal.Parse(level, System.Globalization.CultureInfo.InvariantCulture), decimal.Parse(ratio, System.Globalization.CultureInfo.InvariantCulture));
        var stop = Outcome().ShouldNotBeNull();
        (stop.Level.Value.ToString(System.Globalization.CultureInfo.InvariantCulture), stop.Volume.Value, stop.Profit).ShouldBe((level, volume, profit));
    }

    [Fact]
    public void NearestOfTwo_Counts_AndAnAllLockedLegHasNone()
    {
        Outcome().ShouldBeNull("no stop is armed");
        Stop(5470m, 0.5m);
        Stop(5490m, 0.5m);
        Outcome()!.Level.Value.ShouldBe(5490m);
        _desk.Harness.Engine.PlaceOrder(new(_desk.Account, PtaDesk.Pta, QuantDash.Core.Orders.OrderPurpose.Lock, Side.Long, new(10), QuantDash.Core.Orders.OrderType.Limit, new Price(5490)), EngineHarness.Wall).Problems.ShouldBeEmpty();
        _desk.Harness.Commit();
        _desk.Tick(5500);
        Outcome().ShouldBeNull();
    }

    private void Stop(decimal level, decimal ratio)
    {
        _desk.Save(EngineHarness.NewRule(_desk.Account, PtaDesk.Pta, Side.Long, TriggerType.Price) with { StopLossPrice = new Price(level), StopLockRatio = new(ratio) });
        _desk.Tick(5500);
    }

    private StopOutcome? Outcome()
    {
        var snapshot = _desk.Harness.Snapshot;
        var position = snapshot.Accounts[0].Positions[0];
        return StopOutcome.Of(ProtectionMap.Of(snapshot, snapshot.Accounts[0], position, position.Long), position.Contract);
    }
}

using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Core.Engine;

/// <summary>Times from the future: a program that sends local time as UTC (8 h), a night trade dated by its trading day (a day), a clock that is just off. A trade is counted once
/// whatever its time says, and a new one is not taken for one that was counted.</summary>
public sealed class VenueClockAheadTests
{
    private const double EightHours = 8 * 3600;
    private readonly BridgeScene _scene = new(balance: 1_000_000m);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(4, 4)]
    [InlineData(30, 0)]
    [InlineData(30, 30)]
    [InlineData(EightHours, 0)]
    [InlineData(EightHours, EightHours)]
    [InlineData(3 * EightHours, 0)]
    public void TradeMadeElsewhere_ThatASnapshotHadCounted_CountsOnce(double ahead, double snapshotAhead)
    {
        var trade = Trade(4, ahead);
        Snapshot(14, snapshotAhead);
        _scene.Wait(1);
        _scene.Trades(trade).Value.Booked.ShouldBe(1);

        _scene.Position.Long.Volume.Value.ShouldBe(14);
        _scene.Trades(trade).Value.Booked.ShouldBe(0, "told again it is the same");
        _scene.ShouldBalance();
    }

    [Theory]
    [InlineData(4, 4)]
    [InlineData(30, 0)]
    [InlineData(EightHours, 0)]
    [InlineData(EightHours, EightHours)]
    public void FillOfOurOrder_ThatASnapshotHadCounted_CountsOnce(double ahead, double snapshotAhead)
    {
        _scene.Fire();
        _scene.Program.Poll(_scene.Now);
        var fill = _scene.Fill(10, tell: false) with { Timestamp = _scene.Now.AddSeconds(ahead) };
        _scene.Wait(1);
        Snapshot(10, snapshotAhead, shorts: 10);
        _scene.Program.Tell(_scene.Now, fill);

        (_scene.Position.Short.Volume.Value, _scene.Order.State).ShouldBe((10m, OrderState.Filled));
        _scene.ShouldBalance();
    }

    /// <summary>What a snapshot from the future showed was not there tomorrow already: the next trade is a new one.</summary>
    [Fact]
    public void TradeAfterASnapshotFromTheFuture_IsANewOne()
    {
        Snapshot(14, EightHours);
        _scene.Wait(1);
        _scene.Trades(Trade(2, ahead: 0));

        _scene.Position.Long.Volume.Value.ShouldBe(16);
        _scene.ShouldBalance();
    }

    /// <summary>A clock half a minute ahead, seen by its snapshots: a trade that was long on its way looks as if its time were right.</summary>
    [Fact]
    public void TradeOfAClockAhead_ToldLate_CountsOnce()
    {
        var trade = Trade(4, ahead: 30);
        _scene.Wait(1);
        Snapshot(14, ahead: 30);
        _scene.Wait(28);
        _scene.Trades(trade);

        _scene.Position.Long.Volume.Value.ShouldBe(14);
        _scene.ShouldBalance();
    }

    [Fact]
    public void Clock_IsNamedOnce()
    {
        Snapshot(10, EightHours);
        _scene.Trades(Trade(2, EightHours));
        Snapshot(12, EightHours);
        _scene.Told.Count(key => key == "bridge.clock_ahead").ShouldBe(1);
    }

    [Fact]
    public void Clock_FiveSecondsAhead_IsNotNamed()
    {
        Snapshot(10, ahead: 5);
        _scene.Trades(Trade(2, ahead: 5));
        _scene.Told.ShouldNotContain("bridge.clock_ahead");
    }

    private ToldTrade Trade(decimal volume, double ahead) => new()
    {
        TradeId = $"H{volume}", Symbol = BridgeScene.Pta, Side = OrderSide.Buy, Offset = Offset.Open, Price = new(5510), Volume = new(volume), Timestamp = _scene.Now.AddSeconds(ahead),
    };

    private void Snapshot(decimal longs, double ahead, decimal shorts = 0)
    {
        var position = new SnapshotPosition { Symbol = BridgeScene.Pta, LongVolume = new(longs), LongToday = new(longs), ShortVolume = new(shorts), ShortToday = new(shorts) };
        _scene.Harness.Engine.ApplySnapshot(new() { AccountId = _scene.Account, Timestamp = _scene.Now.AddSeconds(ahead), Complete = true, Positions = [position] }, _scene.Now).Problems.ShouldBeEmpty();
        _scene.Harness.Commit();
    }
}

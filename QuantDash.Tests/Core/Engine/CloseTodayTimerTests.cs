using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine;

/// <summary>What unlocking costs now and as older lots, and when the one becomes the other (PEERS.md 4, row 3). Friday 2026-11-20, 09:30 in Shanghai.</summary>
public sealed class CloseTodayTimerTests
{
    private static readonly DateTimeOffset Friday = new(2026, 11, 20, 1, 30, 0, TimeSpan.Zero);

    /// <summary>Per product: by the fee table of its own terms, and from the night session of the same evening where it has one, else from Monday morning.</summary>
    [Theory]
    [InlineData("CZCE.TA2701", 5500, "2026-11-20T13:00:00Z")]
    [InlineData("SHFE.rb2701", 3500, "2026-11-20T13:00:00Z")]
    [InlineData("CFFEX.IF2612", 4500, "2026-11-23T01:30:00Z")]
    [InlineData("DCE.jd2701", 3500, "2026-11-23T01:00:00Z")]
    public void Fee_NowAndLater_IsThatOfTheProductsTable_AndTheClockRunsToTheNextDay(string name, int price, string from)
    {
        var symbol = Symbol.ParseCanonical(name);
        var harness = new EngineHarness();
        var account = harness.Account();
        harness.Tick(symbol, Friday, price);
        harness.Hold(account, symbol, longVolume: 4, longPrice: price, shortVolume: 4, shortPrice: price);
        harness.Engine.Locks.AdoptPair(account, symbol, null, EngineHarness.Wall).Problems.ShouldBeEmpty();
        harness.Commit();
        harness.Tick(symbol, Friday.AddSeconds(1), price);
        var view = harness.Snapshot.LockViews.ShouldHaveSingleItem();
        var terms = harness.Snapshot.Accounts[0].Positions[0].Terms.ShouldNotBeNull();
        view.UnwindFeeToday.ShouldBe(2 * TradeFees.Close(terms.Fees, view.Contract, new(price), new(4), Volume.Zero));
        view.UnwindFeeLater.ShouldBe(2 * TradeFees.Close(terms.Fees, view.Contract, new(price), Volume.Zero, new(4)));
        view.UnwindLaterFrom.ShouldBe(DateTimeOffset.Parse(from, System.Globalization.CultureInfo.InvariantCulture));
        harness.Engine.Locks.PreviewUnlock(new UnlockRequest(account, symbol, null, UnlockLegs.Both, null, OrderType.Market), EngineHarness.Wall).Value.LaterFrom.ShouldBe(view.UnwindLaterFrom);
    }

    /// <summary>When the day has come nothing is charged as today's any more: the clock was right.</summary>
    [Fact]
    public void WhenTheClockHasRunOut_TheFeeIsTheLaterOne()
    {
        var symbol = Symbol.ParseCanonical("CFFEX.IF2612");
        var harness = new EngineHarness();
        var account = harness.Account();
        harness.Tick(symbol, Friday, 4500);
        harness.Hold(account, symbol, longVolume: 2, longPrice: 4500, shortVolume: 2, shortPrice: 4500);
        harness.Engine.Locks.AdoptPair(account, symbol, null, EngineHarness.Wall).Problems.ShouldBeEmpty();
        harness.Commit();
        harness.Tick(symbol, Friday.AddSeconds(1), 4500);
        var before = harness.Snapshot.LockViews[0];
        before.UnwindFeeToday.ShouldNotBe(before.UnwindFeeLater, "closing today is dearer on this exchange");
        harness.Tick(symbol, before.UnwindLaterFrom!.Value.AddSeconds(1), 4500);
        var after = harness.Snapshot.LockViews[0];
        after.UnwindFeeToday.ShouldBe(after.UnwindFeeLater);
    }
}

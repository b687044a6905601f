using FsCheck;
using FsCheck.Fluent;
using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using static QuantDash.Tests.Core.Positions.PositionSamples;

namespace QuantDash.Tests.Core.Locking;

/// <summary>The lock report card, each number worked by hand. PTA: 5 t a lot, 3 yuan a lot to open and to close an older lot, today's lots are closed free.</summary>
public sealed class LockReportTests
{
    /// <summary>8 long at 5000, locked at 5200 a day later; the short leg is bought back at 5100, the long leg sold at 5300 afterwards.
    /// Frozen 200 × 8 × 5 = 8000. Afterwards long +100, short −100 against 5200: 200 × 40 = +8000 over both. Fees 24 + 0 + 24 = 48; closing would have cost 24.</summary>
    [Fact]
    public void OneLegUnlockedAtAProfit_TheOtherSoldHigher_BeatsClosing()
    {
        var item = OneLeg(back: 5100, end: 5300);

        (item.FrozenProfit, item.FeesPaid, item.FeesToCome, item.MadeAfterwards).ShouldBe((8000m, 48m, 0m, 8000m));
        (item.LockResult, item.CloseResult).ShouldBe((15_952m, 7976m));
        (item.AgainstClosing, item.Verdict).ShouldBe((7976m, LockVerdict.Beat));
        // Held, the long leg would have made 300 × 40 = 12000 less 24 for selling it; the short leg made 100 × 40 = 4000 less 24 for opening it.
        (item.HoldResult, item.AgainstHolding).ShouldBe((11_976m, 3976m));
        item.IsEnded.ShouldBeTrue();
        item.Gap.ShouldBeNull();
    }

    [Fact]
    public void OneLegUnlockedAtALoss_TheOtherSoldLower_IsWorseThanClosing()
    {
        var item = OneLeg(back: 5300, end: 5100);

        (item.MadeAfterwards, item.AgainstClosing, item.Verdict).ShouldBe((-8000m, -8024m, LockVerdict.Worse));
        item.AgainstHolding.ShouldBe(-4024m, "the short leg lost 100 × 40 and cost 24");
        item.HoldResult.ShouldBe((100 * 40) - 24m);
    }

    [Fact]
    public void BothLegsClosedAtOnePrice_DifferByFeesOnly_AndAreAboutEqual()
    {
        var story = new LockReportStory(Ta()).Open(Side.Long, 5000, 8, 24).NextDay();
        var id = story.LockOf(Side.Long, 5200, 8, 24);
        var since = story.Now;
        story.Unlock(id, Side.Short, 5150, 8, 0).Unlock(id, Side.Long, 5150, 8, 24).Lock(id, Side.Long, 5000, 5200, 0, 8, since);

        var item = story.Report().ShouldHaveSingleItem();

        (item.MadeAfterwards, item.FeesPaid, item.AgainstClosing, item.Verdict).ShouldBe((0m, 48m, -24m, LockVerdict.AboutEqual));
        item.AgainstHolding.ShouldBe((50 * 40) - 24m);
        item.Age.ShouldBe(TimeSpan.FromMinutes(2));
    }

    /// <summary>DOMAIN.md 2.3: closing what was opened today can be dearer than locking and closing both legs on another day. IF at 4000, one lot: 4 × 27.6 against 27.6 + 276.</summary>
    [Fact]
    public void CloseTodayFee_OfTheAlternative_IsSavedByLocking()
    {
        var index = Contract("CFFEX.IF2506", 0.2m, 300m, 0.12m, new(OfMoney(0.000023m), OfMoney(0.000023m), OfMoney(0.00023m)), SingleSideMargin.RealTime);
        var story = new LockReportStory(index).Open(Side.Long, 4000, 1, 27.6m);
        var id = story.LockOf(Side.Long, 4000, 1, 27.6m);
        var since = story.Now;
        story.NextDay().Unlock(id, Side.Long, 4000, 1, 27.6m).Unlock(id, Side.Short, 4000, 1, 27.6m).Lock(id, Side.Long, 4000, 4000, 0, 1, since);

        var item = story.Report().ShouldHaveSingleItem();

        item.CloseResult.ShouldBe(-276m);
        (item.FeesPaid, item.AgainstClosing, item.Verdict).ShouldBe((82.8m, 193.2m, LockVerdict.Beat));
    }

    /// <summary>Six lots of yesterday and two of today: on SHFE the older ones are closed first, elsewhere today's are charged first.</summary>
    [Theory]
    [InlineData("SHFE", 4, 4 * 2)]
    [InlineData("SHFE", 8, 6 * 2)]
    [InlineData("CZCE", 4, 2 * 3)]
    [InlineData("CZCE", 8, 6 * 3)]
    public void ClosingInstead_OfLotsOfTwoDays_IsChargedAsTheExchangeDoes(string exchange, int volume, int fee)
    {
        var story = new LockReportStory(exchange == "SHFE" ? Gold() : Ta()).Open(Side.Long, 500, 6, 0).NextDay().Open(Side.Long, 500, 2, 0);
        var id = story.LockOf(Side.Long, 500, volume, 0);
        story.Lock(id, Side.Long, 500, 500, volume, 0, story.Now);
        story.Mark = 500;
        story.Report()[0].CloseResult.ShouldBe(-fee);

        story.KnowsSettlements = false;
        var unknown = story.Report()[0];
        (unknown.CloseResult, unknown.AgainstClosing, unknown.Verdict, unknown.Gap).ShouldBe((null, null, null, LockReportGap.AgeUnknown));
    }

    /// <summary>The first day: a snapshot told of ten lots, two of them older. What the day ends with says what it began with.</summary>
    [Theory]
    [InlineData("SHFE", 2, 8, 8, 2 * 2)]
    [InlineData("SHFE", 0, 10, 8, 0)]
    [InlineData("CZCE", 2, 8, 8, 0)]
    [InlineData("CZCE", 10, 0, 8, 8 * 3)]
    [InlineData("CZCE", 5, 5, 8, 3 * 3)]
    public void ClosingInstead_OfLotsThatASnapshotToldOf_IsChargedByTheirAge(string exchange, int older, int today, int volume, int fee)
    {
        var story = new LockReportStory(exchange == "SHFE" ? Gold() : Ta()) { KnowsSettlements = false, AtEnd = side => side == Side.Long ? new(new(older), new(today)) : default(LegAges) };
        story.Hold(Side.Long, 10);
        var id = story.LockOf(Side.Long, 500, volume, 0);
        story.Lock(id, Side.Long, 500, 500, volume, 0, story.Now);
        story.Mark = 500;

        story.Report()[0].CloseResult.ShouldBe(-fee);
    }

    /// <summary>Some of them were closed the same day: on an exchange that tells them apart it is known which, elsewhere only while an older one is left.</summary>
    [Theory]
    [InlineData("SHFE", Offset.CloseToday, 2, 5, 2 * 2)]
    [InlineData("SHFE", Offset.CloseYesterday, 0, 7, 0)]
    [InlineData("CZCE", Offset.Close, 1, 6, 0)]
    [InlineData("CZCE", Offset.Close, 0, 7, null)]
    public void ClosingInstead_OfSuchLotsAfterAClose_IsKnownOrNotInvented(string exchange, Offset offset, int olderLeft, int todayLeft, int? fee)
    {
        var story = new LockReportStory(exchange == "SHFE" ? Gold() : Ta()) { KnowsSettlements = false, AtEnd = side => side == Side.Long ? new(new(olderLeft), new(todayLeft)) : default(LegAges) };
        story.Hold(Side.Long, 8);
        story.Close(Side.Long, 500, 1, 0, offset);
        var id = story.LockOf(Side.Long, 500, 5, 0);
        story.Lock(id, Side.Long, 500, 500, 5, 0, story.Now);
        story.Mark = 500;

        story.Report()[0].CloseResult.ShouldBe(fee is { } known ? -known : null);
    }

    /// <summary>Both legs stand: closing them is still to come, whatever the price the pair makes nothing more, and only holding depends on it.</summary>
    [Fact]
    public void StillOpen_FeesToComeAreEstimated_AndAreNotPaid()
    {
        var story = new LockReportStory(Ta()).Open(Side.Long, 5000, 8, 24).NextDay();
        var id = story.LockOf(Side.Long, 5200, 8, 24);
        story.Lock(id, Side.Long, 5000, 5200, 8, 0, story.Now);
        story.Mark = 5100;

        var item = story.Report().ShouldHaveSingleItem();
        (item.IsEnded, item.FeesPaid, item.FeesToCome, item.MadeAfterwards).ShouldBe((false, 24m, 24m, 0m));
        item.AgainstClosing.ShouldBe(-24m);
        item.AgainstHolding.ShouldBe((100 * 40) - 24m);

        story.NextDay();
        story.Report()[0].FeesToCome.ShouldBe(48m, "the short leg is no longer of today");

        story.Mark = null;
        var blind = story.Report()[0];
        (blind.AgainstClosing, blind.AgainstHolding, blind.Gap).ShouldBe((-48m, null, LockReportGap.NoPrice));
    }

    /// <summary>Three of eight were let go: the short leg closed at 5100, those three long stay and are worth 5250 now.</summary>
    [Fact]
    public void PartlyUnlocked_WhatWasLetGoIsFollowed_TheRestStands()
    {
        var story = new LockReportStory(Ta()).Open(Side.Long, 5000, 8, 24).NextDay();
        var id = story.LockOf(Side.Long, 5200, 8, 24);
        story.Unlock(id, Side.Short, 5100, 3, 0).Lock(id, Side.Long, 5000, 5200, 5, 3, story.Now);
        story.Mark = 5250;

        var item = story.Report().ShouldHaveSingleItem();

        (item.Volume, item.MadeAfterwards, item.FeesPaid).ShouldBe((new Volume(8), 150 * 15m, 24m));
        item.FeesToCome.ShouldBe(24m, "8 older lots long at 3, 5 lots short of today free");
        item.AgainstHolding.ShouldBe((100 * 15) - (50 * 25) - 24m);
    }

    /// <summary>A leg that was let go and locked again ends, for the first lock, where the second begins.</summary>
    [Fact]
    public void LetGoAndLockedAgain_EachLockHasItsOwnPart()
    {
        var story = new LockReportStory(Ta()).Open(Side.Long, 5000, 8, 24).NextDay();
        var first = story.LockOf(Side.Long, 5200, 8, 24);
        var since = story.Now;
        story.Unlock(first, Side.Short, 5100, 8, 0).Lock(first, Side.Long, 5000, 5200, 0, 8, since);
        var second = story.LockOf(Side.Long, 5180, 8, 24);
        story.Lock(second, Side.Long, 5000, 5180, 8, 0, story.Now);
        story.Mark = 4900;

        var report = story.Report();

        report.Select(item => item.Lock.Id).ShouldBe([second, first], "newest first");
        report[1].MadeAfterwards.ShouldBe(80 * 40m, "let go at 5100, locked again at 5180");
        report[0].MadeAfterwards.ShouldBe(0m);
        report[0].FrozenProfit.ShouldBe(180 * 40m);
    }

    [Fact]
    public void ShortLeg_IsMirrored()
    {
        var story = new LockReportStory(Ta()).Open(Side.Short, 5200, 8, 24).NextDay();
        var id = story.LockOf(Side.Short, 5000, 8, 24);
        var since = story.Now;
        story.Unlock(id, Side.Long, 5100, 8, 0).Close(Side.Short, 4900, 8, 24).Lock(id, Side.Short, 5200, 5000, 0, 8, since);

        var item = story.Report().ShouldHaveSingleItem();
        (item.FrozenProfit, item.MadeAfterwards, item.AgainstClosing, item.AgainstHolding).ShouldBe((8000m, 8000m, 7976m, 3976m));
    }

    [Fact]
    public void NothingIsInvented_WhereItCannotBeKnown()
    {
        var adopted = new LockReportStory(Ta()).Open(Side.Long, 5000, 8, 24).Open(Side.Short, 5200, 8, 24);
        adopted.Lock(Guid.NewGuid(), Side.Long, null, 5200, 8, 0, adopted.Now, adopted: true);
        var pair = adopted.Report().ShouldHaveSingleItem();
        (pair.FrozenProfit, pair.FeesPaid, pair.AgainstClosing, pair.LockResult, pair.Gap).ShouldBe((null, null, null, null, LockReportGap.Adopted));

        var gone = new LockReportStory(Ta()).Open(Side.Long, 5000, 8, 24).NextDay();
        var id = gone.LockOf(Side.Long, 5200, 8, 24);
        gone.Unlock(id, Side.Short, 5100, 8, 0).Lock(id, Side.Long, 5000, 5200, 0, 8, gone.Now);
        (gone.Mark, gone.Report()[0].AgainstClosing).ShouldBe((null, null));
        gone.Mark = 5300;
        gone.Report()[0].AgainstClosing.ShouldBe((200 * 40) - 24m);
        gone.Vanish(Side.Long);
        (gone.Report()[0].AgainstClosing, gone.Report()[0].Gap).ShouldBe((null, LockReportGap.ClosedElsewhere));

        var broken = new LockReportStory(Ta()).Open(Side.Long, 5000, 8, 24);
        id = broken.LockOf(Side.Long, 5200, 8, 24);
        broken.Close(Side.Long, 5100, 8, 0).Lock(id, Side.Long, 5000, 5200, 0, 8, broken.Now, LockStatus.Broken);
        (broken.Report()[0].AgainstClosing, broken.Report()[0].FrozenProfit, broken.Report()[0].Gap).ShouldBe((null, 8000m, LockReportGap.ClosedElsewhere));

        // A snapshot told of the long leg, no trade did: its age is not known, what it made is.
        var snapshot = new LockReportStory(Ta()) { KnowsSettlements = false };
        snapshot.Hold(Side.Long, 8);
        id = snapshot.LockOf(Side.Long, 5200, 8, 24);
        snapshot.Unlock(id, Side.Short, 5100, 8, 0).Lock(id, Side.Long, 5000, 5200, 0, 8, snapshot.Now);
        snapshot.Mark = 5300;
        var told = snapshot.Report().ShouldHaveSingleItem();
        (told.MadeAfterwards, told.AgainstHolding, told.CloseResult, told.Gap).ShouldBe((8000m, 3976m, null, LockReportGap.AgeUnknown));

        var untold = new LockReportStory(Ta());
        untold.Lock(Guid.NewGuid(), Side.Long, 5000, 5200, 0, 8, untold.Now);
        var silent = untold.Report().ShouldHaveSingleItem();
        (silent.FrozenProfit, silent.CloseResult, silent.AgainstClosing, silent.Gap).ShouldBe((8000m, null, null, LockReportGap.ClosedElsewhere));

        // Broken so, and the short leg closed afterwards: it looks like an unlock of one leg, but there is no long leg that it could have let go.
        broken.Unlock(id, Side.Short, 5150, 8, 0).Open(Side.Long, 5150, 8, 24);
        broken.Locks[0] = broken.Locks[0] with { Status = LockStatus.Unlocked };
        broken.Report()[0].Gap.ShouldBe(LockReportGap.ClosedElsewhere);
    }

    [Fact]
    public void MarginDays_CountBothLegsUntilTheReliefBegins()
    {
        var story = new LockReportStory(Ta(margin: 0.10m)).Open(Side.Long, 5000, 2, 6);
        var id = story.LockOf(Side.Long, 5000, 2, 6);
        var since = story.Now;
        story.Lock(id, Side.Long, 5000, 5000, 2, 0, since.AddHours(-12));
        story.Report()[0].MarginDays.ShouldBe(5000 * 5 * 2 * 0.2m / 2, "both sides of PTA are charged before the settlement");

        story.Locks[0] = story.Locks[0] with { CreatedAt = since };
        story.NextDay().NextDay().NextDay();
        var days = (story.Now - since).Ticks / (decimal)TimeSpan.TicksPerDay;
        story.Report()[0].MarginDays.ShouldBe(decimal.Round(5000 * 5 * 2 * 0.1m * days, 2));
    }

    [Fact]
    public void Summary_CountsComparesAndAddsUp()
    {
        LockReportItem[] items = [OneLeg(5100, 5300), OneLeg(5300, 5100), OneLeg(5200, 5200) with { Verdict = null, AgainstClosing = null }];

        var sum = LockReportSummary.Of(items);

        (sum.Count, sum.Ended, sum.Compared, sum.Beat, sum.Worse, sum.BeatShare).ShouldBe((3, 3, 2, 1, 1, 0.5));
        (sum.AgainstClosing, sum.AgainstHolding, sum.Fees).ShouldBe((-48m, 3976m - 4024m - 24m, 144m));
        sum.FeesShare!.Value.ShouldBe(144.0 / 24_000, 1e-12);
        sum.Worst.ShouldBe(items[1]);
        sum.AverageAge.ShouldBe(items[0].Age);

        var mixed = LockReportSummary.Of([items[0], items[1] with { Currency = Currency.Usdt }]);
        (mixed.Currency, mixed.AgainstClosing, mixed.Fees, mixed.Worst, mixed.BeatShare).ShouldBe((null, null, null, null, 0.5));

        var none = LockReportSummary.Of([]);
        (none.Count, none.BeatShare, none.AgainstClosing, none.AverageAge).ShouldBe((0, null, null, null));
    }

    /// <summary>Letting go bit by bit is letting go at once, at equal prices: whatever the parts, the legs and the fees.</summary>
    [Fact]
    public void PartialUnlocks_AtEqualPrices_AddUpToOne() =>
        Prop.ForAll(
            Gen.Choose(1, 9).ListOf().Where(parts => parts.Count is > 0 and < 8).ToArbitrary(),
            (from first in Gen.Choose(4900, 5400) from second in Gen.Choose(4900, 5400) select (First: first, Second: second)).ToArbitrary(),
            (from both in Gen.Elements(true, false) from shortFirst in Gen.Elements(true, false) select (Both: both, ShortFirst: shortFirst)).ToArbitrary(),
            (parts, prices, how) =>
            {
                var (whole, inParts) = (Unlocked([parts.Sum()], prices, how), Unlocked([.. parts], prices, how));
                (inParts.AgainstClosing, inParts.AgainstHolding, inParts.LockResult, inParts.FeesPaid).ShouldBe((whole.AgainstClosing, whole.AgainstHolding, whole.LockResult, whole.FeesPaid));
                inParts.AgainstClosing.ShouldNotBeNull();
                (inParts.LockResult - inParts.CloseResult, inParts.LockResult - inParts.HoldResult).ShouldBe((inParts.AgainstClosing, inParts.AgainstHolding));
            }).QuickCheckThrowOnFailure();

    private static LockReportItem Unlocked(int[] parts, (int First, int Second) prices, (bool Both, bool ShortFirst) how)
    {
        var total = parts.Sum();
        var story = new LockReportStory(Ta()).Open(Side.Long, 5000, total, 0).NextDay();
        var id = story.LockOf(Side.Long, 5200, total, 3 * total);
        var since = story.Now;
        story.NextDay();
        var first = how.ShortFirst ? Side.Short : Side.Long;
        foreach (var part in parts)
        {
            story.Unlock(id, first, prices.First, part, 3 * part);
            if (how.Both) story.Unlock(id, first.Opposite(), prices.Second, part, 3 * part);
        }
        if (!how.Both) story.Close(first.Opposite(), prices.Second, total, 3 * total);
        story.Lock(id, Side.Long, 5000, 5200, 0, total, since);
        return story.Report().ShouldHaveSingleItem();
    }

    private static LockReportItem OneLeg(decimal back, decimal end)
    {
        var story = new LockReportStory(Ta()).Open(Side.Long, 5000, 8, 24).NextDay();
        var id = story.LockOf(Side.Long, 5200, 8, 24);
        var since = story.Now;
        story.Unlock(id, Side.Short, back, 8, 0).Close(Side.Long, end, 8, 24).Lock(id, Side.Long, 5000, 5200, 0, 8, since);
        return story.Report().ShouldHaveSingleItem();
    }
}

using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Core.Engine;

/// <summary>Which contract is the main one on which day, which one is next, and what stays subscribed whatever it is.</summary>
public sealed class MainContractTests
{
    private static readonly Contract Later = SampleSnapshot.Contract("SHFE", "au2512", "au", "黄金", "Gold", 0.02m, 1000m) with { LastTradingDay = new(2027, 12, 15) };
    private static readonly EngineSnapshot Now = SampleSnapshot.At(SampleSnapshot.Now);
    private static readonly MainContract Gold = new(SampleSnapshot.Gold.Symbol, "au", new(2026, 11, 1), false, "trader", SampleSnapshot.Now);

    [Fact]
    public void Main_OnADay_IsTheLatestEntryThatHasBegun()
    {
        var mains = new MainContracts([Gold, Gold with { Symbol = Later.Symbol, EffectiveFrom = new(2026, 11, 23) }]);
        mains.On("SHFE", "au", new(2026, 10, 31)).ShouldBeNull();
        mains.On("SHFE", "au", new(2026, 11, 22))!.Symbol.ShouldBe(Gold.Symbol);
        mains.On("SHFE", "au", new(2026, 11, 23))!.Symbol.ShouldBe(Later.Symbol);
        WatchEntry.MainOf("SHFE", "au").SymbolOn(new(2026, 11, 23), mains).ShouldBe(Later.Symbol);
        WatchEntry.Of(Gold.Symbol).SymbolOn(new(2026, 11, 23), mains).ShouldBe(Gold.Symbol);
    }

    [Theory]
    [InlineData("SHFE.au2509")]
    [InlineData("SHFE.au@")]
    public void Entry_Written_IsReadBack(string text) => WatchEntry.Read(text)!.Value.ToString().ShouldBe(text);

    [Fact]
    public void Successor_WithMoreOpenInterestAndALaterDelivery_IsFound_ForTheNextTradingDay()
    {
        var found = MainContractWatch.Look(With(Later, 900_000), new([Gold]), EngineHarness.Calendar).ShouldHaveSingleItem();
        (found.Found, found.OpenInterest, found.MainOpenInterest).ShouldBe((Later.Symbol, 900_000m, 812_340m));
        found.From.ShouldBe(EngineHarness.Calendar.NextTradingDay(new(2026, 11, 20)));
    }

    [Fact]
    public void Successor_SmallerOrEarlierOrAlreadyChosen_IsNone()
    {
        MainContractWatch.Look(With(Later, 800_000), new([Gold]), EngineHarness.Calendar).ShouldBeEmpty();
        MainContractWatch.Look(With(Later with { LastTradingDay = new(2027, 1, 15) }, 900_000), new([Gold]), EngineHarness.Calendar).ShouldBeEmpty();
        MainContractWatch.Look(With(Later, 900_000), new([Gold, Gold with { Symbol = Later.Symbol, EffectiveFrom = new(2026, 11, 23) }]), EngineHarness.Calendar).ShouldBeEmpty();
        MainContractWatch.Look(With(Later, 900_000), MainContracts.None, EngineHarness.Calendar).ShouldBeEmpty();
    }

    [Fact]
    public void Subscriptions_AfterASwitch_KeepWhatHasALegAnOrderALockOrARule()
    {
        var mains = new MainContracts([Gold with { Symbol = Later.Symbol }]);
        var wanted = Subscriptions.Of(Now, SampleSnapshot.Source, mains, [WatchEntry.MainOf("SHFE", "au"), WatchEntry.Of(SampleSnapshot.Index.Symbol)], (_, _) => new(2026, 11, 20));

        wanted.Single(w => w.Symbol == Later.Symbol).Reasons.ShouldBe([SubscriptionReason.Main, SubscriptionReason.Watched]);
        wanted.Single(w => w.Symbol == Gold.Symbol).Reasons.ShouldContain(SubscriptionReason.Position);
        wanted.Single(w => w.Symbol == SampleSnapshot.Pta.Symbol).Reasons.ShouldContain(SubscriptionReason.Lock);
        wanted.Single(w => w.Symbol == SampleSnapshot.Index.Symbol).Reasons.ShouldBe([SubscriptionReason.Watched]);
    }

    private static EngineSnapshot With(Contract contract, decimal openInterest)
    {
        var gold = Now.Quotes.Single(q => q.Contract == SampleSnapshot.Gold);
        return Now with { Quotes = [.. Now.Quotes, gold with { Contract = contract, Tick = gold.Tick with { OpenInterest = openInterest } }] };
    }
}

using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Core.Locking;

public sealed class RuleCopyTests
{
    private static readonly DateTimeOffset Now = SampleSnapshot.Now;
    private static readonly string[] OfTheLeg = ["Id", "AccountId", "Symbol", "Direction", "CreatedAt", "UpdatedAt", "DisabledReason"];
    private static readonly TemplateLeg LongPta = new(SampleSnapshot.Demo, SampleSnapshot.Pta, Side.Long, new(10), new Price(5500));
    private static readonly TemplateLeg ShortPvc = new(SampleSnapshot.Replayed, SampleSnapshot.Pvc, Side.Short, new(4), new Price(2862));

    /// <summary>By reflection, so that a term that is added later is asked about too.</summary>
    [Fact]
    public void AsTheyAre_EveryTermOfTheRule_IsTheSame()
    {
        var rule = Full();

        var copy = Make(rule, LongPta, ShortPvc with { Side = Side.Long }, CopiedLevels.AsTheyAre).Value;

        foreach (var term in typeof(LockRule).GetProperties().Where(p => !OfTheLeg.Contains(p.Name))) term.GetValue(copy).ShouldBe(term.GetValue(rule), term.Name);
        (copy.AccountId, copy.Symbol, copy.Direction, copy.CreatedAt, copy.DisabledReason).ShouldBe((SampleSnapshot.Replayed, SampleSnapshot.Pvc.Symbol, Side.Long, Now, null));
    }

    [Fact]
    public void FromAverage_LongToShort_KeepsTicksAndProfitPerLot()
    {
        var copy = Make(Full() with { Stages = [], TriggerPrice = new(5600) }, LongPta, ShortPvc, CopiedLevels.FromAverage).Value;

        (copy.TriggerPrice, copy.StopLossPrice, copy.TrailingActivation).ShouldBe((new Price(2812), new Price(2887), new Price(2852)));
        (copy.TrailingDistance, copy.ProfitLockThreshold, copy.DecayFloor).ShouldBe((15m, 4000m, 400m));
    }

    [Fact]
    public void FromAverage_Ladder_IsMirrored() =>
        Make(Full() with { TriggerType = TriggerType.Price, Stages = [new(5520, new(0.5m)), new(5540, new(0.5m))], DecayHalfLifeMinutes = null, Rearm = RearmMode.Once }, LongPta, ShortPvc, CopiedLevels.FromAverage)
            .Value.Stages.Select(s => s.Level).ShouldBe([2852m, 2842m]);

    [Fact]
    public void FromAverage_LegNotHeldOrAverageUnknown_IsRefused()
    {
        Make(Full(), null, ShortPvc, CopiedLevels.FromAverage).Problems.ShouldHaveSingleItem().Code.ShouldBe("no_leg");
        Make(Full(), LongPta, ShortPvc with { Average = null }, CopiedLevels.FromAverage).Problems.ShouldHaveSingleItem().Values[0].ShouldBe("DCE.v2505");
    }

    [Fact]
    public void AsTheyAre_PricesThatMakeNoSenseThere_AreRefusedWithTheField() =>
        Make(Full() with { TriggerPrice = new(5600), Stages = [] }, LongPta, ShortPvc, CopiedLevels.AsTheyAre).Problems.ShouldContain(p => p.Field == "stop_loss_price");

    [Fact]
    public void Group_NotKept_IsNone() => Make(Full(), LongPta, ShortPvc with { Side = Side.Long }, CopiedLevels.AsTheyAre, group: false).Value.OcoGroup.ShouldBeNull();

    internal static LockRule Full() => new()
    {
        Id = Guid.NewGuid(), AccountId = SampleSnapshot.Demo, Symbol = SampleSnapshot.Pta.Symbol, Direction = Side.Long, TriggerType = TriggerType.Profit, IsEnabled = false, AutoExecute = true,
        ProfitLockEnabled = true, ProfitLockThreshold = 10_000m, DecayHalfLifeMinutes = 30, DecayFloor = 1000, TriggerTime = TriggerTime.AfterHolding(30), ProfitLockRatio = new(0.4m), TriggerPrice = new(5600),
        MinOneLot = false, StopLossPrice = new(5450), StopLockRatio = new(0.6m), TrailingStop = true, TrailingDistance = 30m, TrailingActivation = new(5520),
        AtrPeriod = 20, AtrTimeframe = TimeSpan.FromMinutes(5), PriceSource = PriceSource.BidAsk, ConfirmTicks = 3, Also = [TriggerType.Time, TriggerType.Trailing, TriggerType.Price], ConfirmTimeout = TimeSpan.FromMinutes(3),
        ConfirmTimeoutAction = ConfirmTimeoutAction.Execute, MaxSlippageTicks = 7, ProtectTicks = 8, Rearm = RearmMode.Cooldown, RearmCooldown = TimeSpan.FromMinutes(9), RearmAdds = true, OcoGroup = "pair", OcoMode = OcoMode.CancelAll,
        IfLockRefused = IfLockRefused.Close, Opposite = OppositeLeg.Independent, Shadow = true, ValidUntil = Now.AddDays(1), DisabledReason = "x", Note = "mine",
        CreatedAt = Now.AddDays(-1), UpdatedAt = Now.AddDays(-1),
    };

    private static Outcome<LockRule> Make(LockRule rule, TemplateLeg? from, TemplateLeg to, CopiedLevels levels, bool group = true) => RuleCopy.Make(rule, from, to, levels, group, Guid.NewGuid(), Now, Now);
}

using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Core.Markets;

namespace QuantDash.Tests.Core.Locking;

/// <summary>PTA: price tick 2. Every case starts from a rule that is right and spoils it.</summary>
public sealed class LockRuleValidationTests
{
    private static readonly DateTimeOffset Now = new(2025, 1, 6, 2, 0, 0, TimeSpan.Zero);
    private static readonly Contract Pta = MarketSamples.Contract();

    private static readonly LockRule Profit = new()
    {
        Id = Guid.Empty, AccountId = default, Symbol = Pta.Symbol, Direction = Side.Long, TriggerType = TriggerType.Profit,
        ProfitLockEnabled = true, ProfitLockThreshold = 10_000m, ProfitLockRatio = new(0.8m), AutoExecute = true, CreatedAt = Now, UpdatedAt = Now,
    };

    private static readonly LockRule AtPrice = Profit with { TriggerType = TriggerType.Price, ProfitLockEnabled = false, ProfitLockThreshold = null, TriggerPrice = new(5600) };

    private static readonly LockRule Trailing = AtPrice with
    {
        TriggerType = TriggerType.Trailing, TriggerPrice = null, TrailingStop = true, TrailingDistance = 12,
    };

    [Fact]
    public void Check_MarkPriceOfAPerpetual_IsRight() =>
        LockRuleValidation.Check(AtPrice with { PriceSource = PriceSource.Mark }, MarketSamples.Perpetual(), Now).ShouldBeEmpty();

    private static LockRule Ladder(params (decimal Level, decimal Ratio)[] stages) =>
        AtPrice with { TriggerPrice = null, Stages = [.. stages.Select(stage => new LadderStage(stage.Level, new(stage.Ratio)))] };

    /// <summary>What is wrong, in words; how; and what must be said: field and code.</summary>
    private static readonly (string What, LockRule Rule, string[] Said)[] Wrong =
    [
        ("ratio 0", Profit with { ProfitLockRatio = Ratio.Zero }, ["profit_lock_ratio ratio_range"]),
        ("ratio 1.2", Profit with { ProfitLockRatio = new(1.2m) }, ["profit_lock_ratio ratio_range"]),
        ("ratio negative", Profit with { ProfitLockRatio = new(-0.5m) }, ["profit_lock_ratio ratio_range"]),
        ("ratio in percent", Profit with { ProfitLockRatio = new(80) }, ["profit_lock_ratio ratio_range"]),
        ("stop ratio 0", Profit with { StopLockRatio = Ratio.Zero }, ["stop_lock_ratio ratio_range"]),
        ("stop ratio above 1", Profit with { StopLockRatio = new(1.0001m) }, ["stop_lock_ratio ratio_range"]),
        ("threshold negative", Profit with { ProfitLockThreshold = -1 }, ["profit_lock_threshold out_of_range"]),
        ("threshold absurd", Profit with { ProfitLockThreshold = 1e13m }, ["profit_lock_threshold out_of_range"]),
        ("threshold missing", Profit with { ProfitLockThreshold = null }, ["profit_lock_threshold required_because"]),
        ("threshold missing beside a stop", Profit with { ProfitLockThreshold = null, StopLossPrice = new(5400) }, ["profit_lock_threshold required_because"]),
        ("profit flag off", Profit with { ProfitLockEnabled = false }, ["profit_lock_enabled flag_off"]),
        ("profit with nothing", Profit with { ProfitLockEnabled = false, ProfitLockThreshold = null },
            ["profit_lock_enabled flag_off", "profit_lock_threshold required_because"]),
        ("time without a time", AtPrice with { TriggerType = TriggerType.Time, TriggerPrice = null }, ["trigger_time required_because"]),
        ("half-life 0", Profit with { DecayHalfLifeMinutes = 0 }, ["decay_half_life out_of_range"]),
        ("floor negative", Profit with { DecayHalfLifeMinutes = 30, DecayFloor = -1 }, ["decay_floor out_of_range"]),
        ("floor above the start", Profit with { DecayHalfLifeMinutes = 30, DecayFloor = 10_001 }, ["decay_floor floor_above_start"]),
        ("decay of a ladder", Ladder((5600, 0.5m)) with { DecayHalfLifeMinutes = 30 }, ["decay_half_life not_with_stages"]),
        ("re-arming a ladder", Ladder((5600, 0.5m)) with { Rearm = RearmMode.AfterFalse }, ["rearm not_with_stages"]),
        ("cooldown 0", AtPrice with { RearmCooldown = TimeSpan.Zero }, ["rearm_cooldown out_of_range"]),
        ("cooldown of two days", AtPrice with { RearmCooldown = TimeSpan.FromDays(2) }, ["rearm_cooldown out_of_range"]),
        ("a night close that the contract does not have", AtPrice with { TriggerTime = TriggerTime.BeforeClose(5, SessionClose.Night) }, ["trigger_time no_such_close"]),
        ("a mark price that the venue does not have", AtPrice with { PriceSource = PriceSource.Mark }, ["price_source no_mark_price"]),
        ("bars 1", Trailing with { TrailingMode = TrailingMode.Atr, TrailingDistance = 2, AtrPeriod = 1 }, ["atr_period out_of_range"]),
        ("bars of seven minutes", Trailing with { TrailingMode = TrailingMode.Atr, TrailingDistance = 2, AtrTimeframe = TimeSpan.FromMinutes(7) }, ["atr_timeframe not_allowed"]),
        ("ranges 101", Trailing with { TrailingMode = TrailingMode.Atr, TrailingDistance = 101 }, ["trailing_distance out_of_range"]),
        ("group name too long", AtPrice with { OcoGroup = new string('a', 41) }, ["oco_group too_long"]),
        ("stages for a trailing rule", Trailing with { Stages = [new(5600, new(0.5m))] }, ["stages stages_need_level"]),
        ("stage off tick", Ladder((5601, 0.5m)), ["stages[0].level off_tick"]),
        ("stage price 0", Ladder((0, 0.5m)), ["stages[0].level not_positive"]),
        ("stages in the wrong order", Ladder((5600, 0.5m), (5580, 0.5m)), ["stages[1].level stage_order"]),
        ("stages twice the same", Ladder((5600, 0.5m), (5600, 0.5m)), ["stages[1].level stage_order"]),
        ("short stages in the wrong order", Ladder((5400, 0.5m), (5420, 0.5m)) with { Direction = Side.Short }, ["stages[1].level stage_order"]),
        ("stage ratio 0", Ladder((5600, 0m)), ["stages[0].ratio ratio_range"]),
        ("stages of more than all", Ladder((5600, 0.6m), (5620, 0.6m)), ["stages stage_ratios"]),
        ("stages of a profit, negative", Profit with { Stages = [new(-1, new(0.5m))] }, ["stages[0].level out_of_range"]),
        ("price missing", AtPrice with { TriggerPrice = null }, ["trigger_price no_live_condition"]),
        ("price 0", AtPrice with { TriggerPrice = new(0) }, ["trigger_price not_positive"]),
        ("price negative", AtPrice with { TriggerPrice = new(-5600) }, ["trigger_price not_positive"]),
        ("price off tick", AtPrice with { TriggerPrice = new(5601) }, ["trigger_price off_tick"]),
        ("price off by more than the tolerance", AtPrice with { TriggerPrice = new(5600.00001m) }, ["trigger_price off_tick"]),
        ("stop 0", AtPrice with { StopLossPrice = new(0) }, ["stop_loss_price not_positive"]),
        ("stop off tick", AtPrice with { StopLossPrice = new(5401) }, ["stop_loss_price off_tick"]),
        ("stop above the target of a long leg", AtPrice with { StopLossPrice = new(5602) }, ["stop_loss_price stop_beyond_target"]),
        ("stop at the target", AtPrice with { StopLossPrice = new(5600) }, ["stop_loss_price stop_beyond_target"]),
        ("stop below the target of a short leg", AtPrice with { Direction = Side.Short, StopLossPrice = new(5500) }, ["stop_loss_price stop_beyond_target"]),
        ("trailing without a distance", Trailing with { TrailingDistance = null }, ["trailing_distance required_because"]),
        ("trailing flag off", Trailing with { TrailingStop = false }, ["trailing_stop flag_off"]),
        ("trailing with nothing", Trailing with { TrailingStop = false, TrailingDistance = null },
            ["trailing_stop flag_off", "trailing_distance required_because"]),
        ("distance 0", Trailing with { TrailingDistance = 0 }, ["trailing_distance not_positive"]),
        ("distance negative", Trailing with { TrailingDistance = -4 }, ["trailing_distance not_positive"]),
        ("distance below a tick", Trailing with { TrailingDistance = 1 }, ["trailing_distance below_tick"]),
        ("ratio distance of the whole price", Trailing with { TrailingMode = TrailingMode.Ratio, TrailingDistance = 1 }, ["trailing_distance ratio_below_one"]),
        ("activation off tick", Trailing with { TrailingActivation = new(5533) }, ["trailing_activation off_tick"]),
        ("activation negative", Trailing with { TrailingActivation = new(-2) }, ["trailing_activation not_positive"]),
        ("no tick to confirm", Profit with { ConfirmTicks = 0 }, ["confirm_ticks out_of_range"]),
        ("too many ticks to confirm", Profit with { ConfirmTicks = 101 }, ["confirm_ticks out_of_range"]),
        ("time-out too short", Profit with { ConfirmTimeout = TimeSpan.FromSeconds(9) }, ["confirm_timeout out_of_range"]),
        ("time-out too long", Profit with { ConfirmTimeout = TimeSpan.FromHours(25) }, ["confirm_timeout out_of_range"]),
        ("slippage negative", Profit with { MaxSlippageTicks = -1 }, ["max_slippage_ticks out_of_range"]),
        ("protection absurd", Profit with { ProtectTicks = 1001 }, ["protect_ticks out_of_range"]),
        ("already over", Profit with { ValidUntil = Now }, ["valid_until in_past"]),
        ("note too long", Profit with { Note = new string('长', 501) }, ["note too_long"]),
        ("also trailing without a distance", Profit with { Also = [TriggerType.Trailing], TrailingStop = true }, ["trailing_distance required_because"]),
        ("everything at once",
            Trailing with { ProfitLockRatio = new(1.2m), TrailingDistance = -1, StopLossPrice = new(-1), ConfirmTicks = 0, ValidUntil = Now.AddDays(-1) },
            ["profit_lock_ratio ratio_range", "trailing_distance not_positive", "stop_loss_price not_positive", "confirm_ticks out_of_range", "valid_until in_past"]),
    ];

    public static TheoryData<string> WrongRules => [.. Wrong.Select(w => w.What)];

    [Theory]
    [MemberData(nameof(WrongRules))]
    public void Rule_ThatIsWrong_IsNamedFieldByField(string what)
    {
        var (_, rule, said) = Wrong.Single(w => w.What == what);
        LockRuleValidation.Check(rule, Pta, Now).Select(p => $"{p.Field} {p.Code}").ShouldBe(said, ignoreOrder: true);
    }

    [Fact]
    public void Stock_CannotBeLocked() =>
        LockRuleValidation.Check(Profit, Pta with { Product = Pta.Product with { HoldsBothSides = false } }, Now)
            .ShouldHaveSingleItem().Code.ShouldBe("cannot_hold_both_sides");

    public static TheoryData<string> RightRules => [.. Right.Select(r => r.What)];

    private static readonly (string What, LockRule Rule)[] Right =
    [
        ("seed 000, scenario 1", Profit),
        ("seed 000, scenario 2", AtPrice with { Direction = Side.Short, TriggerPrice = new(2800), AutoExecute = false }),
        ("seed 000, scenario 3: type price, stop only", AtPrice with { TriggerPrice = null, StopLossPrice = new(5400) }),
        ("break even", Profit with { ProfitLockThreshold = 0 }),
        ("within a millionth of a tick", AtPrice with { TriggerPrice = new(5600.0000005m) }),
        ("target and stop, long", AtPrice with { StopLossPrice = new(5400) }),
        ("target and stop, short", AtPrice with { Direction = Side.Short, StopLossPrice = new(5800) }),
        ("trailing by price", Trailing),
        ("trailing by a distance that is no whole number of ticks", Trailing with { TrailingDistance = 3 }),
        ("trailing by ratio", Trailing with { TrailingMode = TrailingMode.Ratio, TrailingDistance = 0.004m }),
        ("switched off, with nothing live", Profit with { IsEnabled = false, ProfitLockEnabled = false }),
    ];

    [Theory]
    [MemberData(nameof(RightRules))]
    public void Rule_ThatIsRight_IsLeftAlone(string what) => LockRuleValidation.Check(Right.Single(r => r.What == what).Rule, Pta, Now).ShouldBeEmpty();
}

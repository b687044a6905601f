using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Locking;

/// <summary>Says everything that is wrong with a rule before it is saved; nothing is clamped or corrected, because a corrected rule is not the
/// one that was asked for. Field names are the columns of <c>lock_configs</c>.</summary>
public static class LockRuleValidation
{
    public const int MostConfirmTicks = 100;
    public const int MostTicksOfRoom = 1000;
    public const int LongestNote = 500;
    public const int MostStages = 20;
    public const int MostAtrBars = 200;
    public const decimal MostAtrMultiples = 100m;
    public const decimal LongestHalfLifeMinutes = 1_000_000m;
    public const int LongestGroupName = 40;
    public static readonly TimeSpan LongestCooldown = TimeSpan.FromDays(1);
    public const decimal LargestProfit = 1_000_000_000_000m;
    public static readonly TimeSpan ShortestConfirmTimeout = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan LongestConfirmTimeout = TimeSpan.FromDays(1);

    /// <summary>Every problem of <paramref name="rule"/>; empty when it can be saved.</summary>
    /// <param name="rule">As it would be saved.</param>
    /// <param name="contract">What it watches; null when the symbol is unknown, which is another's problem to report.</param>
    /// <param name="now">On the clock of the rule's account.</param>
    public static IReadOnlyList<Problem> Check(LockRule rule, Contract? contract, DateTimeOffset now)
    {
        var problems = new List<Problem>();
        CheckNumbers(rule, problems);
        CheckPrices(rule, contract, problems);
        CheckTrailing(rule, contract, problems);
        CheckDecay(rule, problems);
        CheckAfterwards(rule, problems);
        LadderValidation.Check(rule, contract, problems);
        CheckMarket(rule, contract, problems);
        CheckFlags(rule, problems);
        UnlockRuleValidation.Check(rule, contract, now, problems);
        if (rule.Action == LockAction.Lock && contract is { Product.HoldsBothSides: false }) problems.Add(new("symbol", "cannot_hold_both_sides", contract.Symbol.ToString()));
        if (rule.ValidUntil <= now) problems.Add(new("valid_until", "in_past", rule.ValidUntil, now));
        if (rule.Note?.Length > LongestNote) problems.Add(new("note", "too_long", LongestNote, rule.Note.Length));
        if (rule.IsEnabled && !RuleConditions.HasAny(rule)) AddWhatIsMissing(rule, problems);
        return problems;
    }

    private static void CheckNumbers(LockRule rule, List<Problem> problems)
    {
        CheckRatio("profit_lock_ratio", rule.ProfitLockRatio, problems);
        CheckRatio("stop_lock_ratio", rule.StopLockRatio, problems);
        CheckRange("profit_lock_threshold", rule.ProfitLockThreshold, 0m, LargestProfit, problems);
        CheckRange("confirm_ticks", rule.ConfirmTicks, 1, MostConfirmTicks, problems);
        CheckRange("max_slippage_ticks", rule.MaxSlippageTicks, 0, MostTicksOfRoom, problems);
        CheckRange("protect_ticks", rule.ProtectTicks, 0, MostTicksOfRoom, problems);
        CheckRange(
            "confirm_timeout", (decimal)rule.ConfirmTimeout.TotalSeconds,
            (decimal)ShortestConfirmTimeout.TotalSeconds, (decimal)LongestConfirmTimeout.TotalSeconds, problems);
    }

    private static void CheckPrices(LockRule rule, Contract? contract, List<Problem> problems)
    {
        CheckPrice("trigger_price", rule.TriggerPrice, contract, problems);
        CheckPrice("stop_loss_price", rule.StopLossPrice, contract, problems);
        CheckPrice("trailing_activation", rule.TrailingActivation, contract, problems);
        if (!RuleConditions.HasPrice(rule) || rule.StopLossPrice is not { } stop || RuleConditions.PriceTarget(rule) is not { } target) return;
        if (rule.Direction == Side.Long ? stop >= target : stop <= target)
            problems.Add(new("stop_loss_price", "stop_beyond_target", stop.Value, target.Value));
    }

    private static void CheckTrailing(LockRule rule, Contract? contract, List<Problem> problems)
    {
        if (rule.TrailingDistance is not { } distance) return;
        if (distance <= 0) problems.Add(new("trailing_distance", "not_positive", distance));
        else if (rule.TrailingMode == TrailingMode.Ratio && distance >= 1) problems.Add(new("trailing_distance", "ratio_below_one", distance));
        else if (rule.TrailingMode == TrailingMode.Atr && distance > MostAtrMultiples) problems.Add(new("trailing_distance", "out_of_range", 0m, MostAtrMultiples, distance));
        else if (rule.TrailingMode == TrailingMode.Price && contract is not null && distance < contract.PriceTick)
            problems.Add(new("trailing_distance", "below_tick", distance, contract.PriceTick));
    }

    private static void CheckDecay(LockRule rule, List<Problem> problems)
    {
        CheckRange("decay_floor", rule.DecayFloor, 0m, LargestProfit, problems);
        if (rule.DecayHalfLifeMinutes is not { } halfLife) return;
        if (halfLife <= 0 || halfLife > LongestHalfLifeMinutes) problems.Add(new("decay_half_life", "out_of_range", 0m, LongestHalfLifeMinutes, halfLife));
        if (rule.Stages.Count > 0) problems.Add(new("decay_half_life", "not_with_stages"));
        if (rule.DecayFloor > rule.ProfitLockThreshold) problems.Add(new("decay_floor", "floor_above_start", rule.DecayFloor, rule.ProfitLockThreshold));
    }

    /// <summary>What the rule's market has to have for it to act at all.</summary>
    private static void CheckMarket(LockRule rule, Contract? contract, List<Problem> problems)
    {
        if (contract is null) return;
        if (rule.TriggerTime is { Kind: TriggerTimeKind.BeforeClose } time && !TimeCondition.HasClose(contract.Product.Sessions, time.Close))
            problems.Add(new("trigger_time", "no_such_close", contract.Symbol.ToString(), time.ToString()));
        if (rule.PriceSource == PriceSource.Mark && !contract.Product.HasMarkPrice) problems.Add(new("price_source", "no_mark_price", contract.Symbol.ToString()));
    }

    /// <summary>What happens after a firing: to the rule, its group, and a refused order.</summary>
    private static void CheckAfterwards(LockRule rule, List<Problem> problems)
    {
        CheckRange("atr_period", rule.AtrPeriod, 2, MostAtrBars, problems);
        if (!AtrTimeframes.All.Contains(rule.AtrTimeframe))
            problems.Add(new("atr_timeframe", "not_allowed", AtrTimeframes.Write(rule.AtrTimeframe), string.Join(", ", AtrTimeframes.All.Select(AtrTimeframes.Write))));
        CheckRange("rearm_cooldown", (decimal)rule.RearmCooldown.TotalSeconds, 1m, (decimal)LongestCooldown.TotalSeconds, problems);
        if (rule.Rearm != RearmMode.Once && rule.Stages.Count > 0) problems.Add(new("rearm", "not_with_stages"));
        if (rule.OcoGroup is { } group && (string.IsNullOrWhiteSpace(group) || group.Length > LongestGroupName)) problems.Add(new("oco_group", "too_long", LongestGroupName, group.Length));
    }

    /// <summary>A condition that is switched on needs its number, even where another condition is live.</summary>
    private static void CheckFlags(LockRule rule, List<Problem> problems)
    {
        if (rule.Names(TriggerType.Profit) && rule.ProfitLockEnabled && RuleConditions.ProfitThreshold(rule) is null)
            problems.Add(new("profit_lock_threshold", "required_because", "profit_lock_enabled", "true"));
        if (rule.Names(TriggerType.Trailing) && rule.TrailingStop && rule.TrailingDistance is null)
            problems.Add(new("trailing_distance", "required_because", "trailing_stop", "true"));
    }

    internal static void CheckPrice(string field, Price? price, Contract? contract, List<Problem> problems)
    {
        if (price is not { } given) return;
        if (given.Value <= 0) problems.Add(new(field, "not_positive", given.Value));
        else if (contract is not null && !contract.TryTicks(given, out _))
            problems.Add(new(field, "off_tick", given.Value, contract.PriceTick, contract.PriceAt(Nearest(given, contract)).Value));
    }

    internal static void CheckRatio(string field, Ratio ratio, List<Problem> problems)
    {
        if (ratio.Value is <= 0 or > 1) problems.Add(new(field, "ratio_range", ratio.Value));
    }

    internal static void CheckRange(string field, decimal? value, decimal least, decimal most, List<Problem> problems)
    {
        if (value < least || value > most) problems.Add(new(field, "out_of_range", least, most, value));
    }

    /// <summary>Nothing would ever fire: names the field that the chosen trigger types wait for.</summary>
    private static void AddWhatIsMissing(LockRule rule, List<Problem> problems)
    {
        if (rule.Names(TriggerType.Profit) && !rule.ProfitLockEnabled)
        {
            problems.Add(new("profit_lock_enabled", "flag_off", TriggerType.Profit));
            if (rule.ProfitLockThreshold is null) problems.Add(new("profit_lock_threshold", "required_because", "trigger_type", TriggerType.Profit));
        }

        if (rule.Names(TriggerType.Time)) problems.Add(new("trigger_time", "required_because", "trigger_type", TriggerType.Time));
        if (rule.Names(TriggerType.Price)) problems.Add(new("trigger_price", "no_live_condition", "trigger_price, stop_loss_price"));
        if (rule.Names(TriggerType.Trailing) && !rule.TrailingStop)
        {
            problems.Add(new("trailing_stop", "flag_off", TriggerType.Trailing));
            if (rule.TrailingDistance is null) problems.Add(new("trailing_distance", "required_because", "trigger_type", TriggerType.Trailing));
        }
    }

    private static long Nearest(Price price, Contract contract) => Math.Max(1, (long)Math.Clamp(decimal.Round(price.Value / contract.PriceTick), 1m, 1e15m));
}

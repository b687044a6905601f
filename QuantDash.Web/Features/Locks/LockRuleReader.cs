using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;

namespace QuantDash.Web.Features.Locks;

/// <summary>Reads a rule from its columns. Fields that are not given keep what <c>basis</c> has; null clears, or goes back to the default.</summary>
internal static class LockRuleReader
{
    private const int LongestNote = LockRuleValidation.LongestNote;

    // Said of a rule whose direction or type could not be read, these would be guesses.
    private static readonly string[] NeedDirection = ["stop_beyond_target"];
    private static readonly string[] NeedType = ["flag_off", "required_because", "no_live_condition"];

    /// <summary>The rule as it would be saved; every problem is in <see cref="JsonFields.Problems"/>.</summary>
    /// <param name="body">What came.</param>
    /// <param name="basis">The rule so far, or a blank one.</param>
    /// <param name="contract">What it watches; null when that could not be read.</param>
    /// <param name="now">On the account's clock.</param>
    public static LockRule Read(JsonFields body, LockRule basis, Contract? contract, DateTimeOffset now)
    {
        RefuseNull(body, "direction", "trigger_type");
        var rule = ReadOptions(body, ReadUnlock(body, ReadAfterwards(body, ReadConditions(body, basis, contract)), contract)) with { DisabledReason = null };
        var wrong = body.Problems.Select(p => p.Field).ToHashSet(StringComparer.Ordinal);
        var known = LockRuleValidation.Check(rule, contract, now).Where(p =>
            !wrong.Contains(p.Field)
            && !(wrong.Contains("direction") && NeedDirection.Contains(p.Code))
            && !(wrong.Contains("trigger_type") && NeedType.Contains(p.Code)));
        body.Problems.AddRange(known.ToList());
        return rule;
    }

    /// <summary>The terms that say nothing of a leg's prices or lots.</summary>
    public static LockRule ReadTerms(JsonFields body, LockRule rule) => ReadOptions(body, ReadAfterwards(body, rule)) with
    {
        TriggerTime = Keep(body, "trigger_time", rule.TriggerTime, n => ReadTriggerTime(body, n)),
        TrailingMode = Keep(body, "trailing_mode", rule.TrailingMode, n => body.Choice<TrailingMode>(n) ?? TrailingMode.Price),
        TrailingDistance = Keep(body, "trailing_distance", rule.TrailingDistance, body.Number),
        AtrPeriod = Keep(body, "atr_period", rule.AtrPeriod, n => body.Integer(n, 2, LockRuleValidation.MostAtrBars) ?? 14),
        AtrTimeframe = Keep(body, "atr_timeframe", rule.AtrTimeframe, n => ReadTimeframe(body, n)),
        DecayHalfLifeMinutes = Keep(body, "decay_half_life", rule.DecayHalfLifeMinutes, body.Number),
        StopLockRatio = Keep(body, "stop_lock_ratio", rule.StopLockRatio, n => new(body.Number(n) ?? 1m)),
        MinOneLot = Keep(body, "min_one_lot", rule.MinOneLot, body.Flag),
    };

    private static LockRule ReadConditions(JsonFields body, LockRule rule, Contract? contract) => rule with
    {
        Direction = Keep(body, "direction", rule.Direction, n => body.Choice<Side>(n) ?? rule.Direction),
        TriggerType = Keep(body, "trigger_type", rule.TriggerType, n => body.Choice<TriggerType>(n) ?? rule.TriggerType),
        Also = Keep(body, "also", rule.Also, n => ReadAlso(body, n)),
        ProfitLockEnabled = Keep(body, "profit_lock_enabled", rule.ProfitLockEnabled, n => body.Flag(n) ?? false),
        ProfitLockThreshold = Keep(body, "profit_lock_threshold", rule.ProfitLockThreshold, body.Number),
        DecayHalfLifeMinutes = Keep(body, "decay_half_life", rule.DecayHalfLifeMinutes, body.Number),
        DecayFloor = Keep(body, "decay_floor", rule.DecayFloor, body.Number),
        TriggerTime = Keep(body, "trigger_time", rule.TriggerTime, n => ReadTriggerTime(body, n)),
        ProfitLockRatio = Keep(body, "profit_lock_ratio", rule.ProfitLockRatio, n => new(body.Number(n) ?? 1m)),
        TriggerPrice = Keep(body, "trigger_price", rule.TriggerPrice, n => body.Price(n, contract)),
        StopLossPrice = Keep(body, "stop_loss_price", rule.StopLossPrice, n => body.Price(n, contract)),
        StopLockRatio = Keep(body, "stop_lock_ratio", rule.StopLockRatio, n => new(body.Number(n) ?? 1m)),
        Stages = Keep(body, "stages", rule.Stages, n => ReadStages(body, n, rule.Stages)),
        MinOneLot = Keep(body, "min_one_lot", rule.MinOneLot, body.Flag),
        TrailingStop = Keep(body, "trailing_stop", rule.TrailingStop, n => body.Flag(n) ?? false),
        TrailingDistance = Keep(body, "trailing_distance", rule.TrailingDistance, body.Number),
        TrailingMode = Keep(body, "trailing_mode", rule.TrailingMode, n => body.Choice<TrailingMode>(n) ?? TrailingMode.Price),
        AtrPeriod = Keep(body, "atr_period", rule.AtrPeriod, n => body.Integer(n, 2, LockRuleValidation.MostAtrBars) ?? 14),
        AtrTimeframe = Keep(body, "atr_timeframe", rule.AtrTimeframe, n => ReadTimeframe(body, n)),
        TrailingActivation = Keep(body, "trailing_activation", rule.TrailingActivation, n => body.Price(n, contract)),
    };

    /// <summary>What happens after a firing: to the rule, its group, and a refused order.</summary>
    private static LockRule ReadAfterwards(JsonFields body, LockRule rule) => rule with
    {
        Rearm = Keep(body, "rearm", rule.Rearm, n => body.Choice<RearmMode>(n) ?? default),
        RearmCooldown = Keep(body, "rearm_cooldown", rule.RearmCooldown, n => TimeSpan.FromSeconds(body.Integer(n, 1, (int)LockRuleValidation.LongestCooldown.TotalSeconds) ?? 300)),
        RearmAdds = Keep(body, "rearm_adds", rule.RearmAdds, n => body.Flag(n) ?? false),
        OcoGroup = Keep(body, "oco_group", rule.OcoGroup, n => body.Text(n, LockRuleValidation.LongestGroupName)),
        OcoMode = Keep(body, "oco_mode", rule.OcoMode, n => body.Choice<OcoMode>(n) ?? default),
        IfLockRefused = Keep(body, "if_lock_refused", rule.IfLockRefused, n => body.Choice<IfLockRefused>(n) ?? default),
        Action = Keep(body, "action", rule.Action, n => body.Choice<LockAction>(n) ?? default),
        Opposite = Keep(body, "opposite", rule.Opposite, n => body.Choice<OppositeLeg>(n) ?? default),
    };

    private static LockRule ReadUnlock(JsonFields body, LockRule rule, Contract? contract) => rule with
    {
        LockId = Keep(body, "lock_id", rule.LockId, n => ReadId(body, n)),
        RelockPrice = Keep(body, "relock_price", rule.RelockPrice, n => body.Price(n, contract)),
        RelockTicks = Keep(body, "relock_ticks", rule.RelockTicks, n => body.Integer(n, 1, LockRuleValidation.MostTicksOfRoom)),
    };

    private static Guid? ReadId(JsonFields body, string name)
    {
        if (!body.HasValue(name) || body.Text(name, 36) is not { } text) return null;
        if (Guid.TryParse(text, out var id)) return id;
        body.Refuse(name, "unknown_lock", text);
        return null;
    }

    private static LockRule ReadOptions(JsonFields body, LockRule rule) => rule with
    {
        IsEnabled = Keep(body, "is_enabled", rule.IsEnabled, n => body.Flag(n) ?? true),
        AutoExecute = Keep(body, "auto_execute", rule.AutoExecute, n => body.Flag(n) ?? false),
        PriceSource = Keep(body, "price_source", rule.PriceSource, n => body.Choice<PriceSource>(n) ?? PriceSource.Last),
        ConfirmTicks = Keep(body, "confirm_ticks", rule.ConfirmTicks, n => body.Integer(n, 1, LockRuleValidation.MostConfirmTicks) ?? 1),
        ConfirmTimeout = Keep(body, "confirm_timeout", rule.ConfirmTimeout, n => ReadTimeout(body, n)),
        ConfirmTimeoutAction = Keep(body, "confirm_timeout_action", rule.ConfirmTimeoutAction, n => body.Choice<ConfirmTimeoutAction>(n) ?? default),
        MaxSlippageTicks = Keep(body, "max_slippage_ticks", rule.MaxSlippageTicks, n => body.Integer(n, 0, LockRuleValidation.MostTicksOfRoom) ?? 10),
        ProtectTicks = Keep(body, "protect_ticks", rule.ProtectTicks, n => body.Integer(n, 0, LockRuleValidation.MostTicksOfRoom) ?? 5),
        Shadow = Keep(body, "shadow", rule.Shadow, n => body.Flag(n) ?? false),
        ValidUntil = Keep(body, "valid_until", rule.ValidUntil, body.Time),
        Note = Keep(body, "note", rule.Note, n => body.Text(n, LongestNote)),
    };

    private static T Keep<T>(JsonFields body, string name, T current, Func<string, T> read) => body.Has(name) ? read(name) : current;

    private static void RefuseNull(JsonFields body, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (body.Has(name) && !body.HasValue(name)) body.Refuse(name, "required");
        }
    }

    private static IReadOnlyList<TriggerType> ReadAlso(JsonFields body, string name)
    {
        var types = new List<TriggerType>();
        foreach (var text in body.Texts(name, WireNames<TriggerType>.All.Count) ?? [])
        {
            if (WireNames<TriggerType>.TryRead(text, out var type)) types.Add(type);
            else body.Refuse(name, "not_allowed", text, WireNames<TriggerType>.All);
        }

        return [.. types.Distinct()];
    }

    /// <summary>Stages that cannot be read say so themselves; the rule then keeps what it had, so that nothing is guessed about the others.</summary>
    private static IReadOnlyList<LadderStage> ReadStages(JsonFields body, string name, IReadOnlyList<LadderStage> before)
    {
        if (!body.HasValue(name)) return [];
        var stages = new List<LadderStage>();
        foreach (var stage in body.Objects(name, LockRuleValidation.MostStages) ?? [])
        {
            stage.Require("level", "ratio");
            if (stage.Number("level") is { } level && stage.Number("ratio") is { } ratio) stages.Add(new(level, new(ratio)));
            else return before;
        }

        return stages;
    }

    private static TriggerTime? ReadTriggerTime(JsonFields body, string name)
    {
        if (!body.HasValue(name) || body.Text(name, 32) is not { } text) return null;
        var time = TriggerTime.TryParse(text);
        if (time is null) body.Refuse(name, "not_a_trigger_time", text, TriggerTime.MostMinutesBeforeClose, TriggerTime.MostMinutesHeld);
        return time;
    }

    private static TimeSpan ReadTimeframe(JsonFields body, string name)
    {
        if (!body.HasValue(name) || body.Text(name, 8) is not { } text) return TimeSpan.FromMinutes(15);
        if (AtrTimeframes.TryRead(text) is { } length) return length;
        body.Refuse(name, "not_allowed", text, string.Join(", ", AtrTimeframes.All.Select(AtrTimeframes.Write)));
        return TimeSpan.FromMinutes(15);
    }

    private static TimeSpan ReadTimeout(JsonFields body, string name)
    {
        var (least, most) = (LockRuleValidation.ShortestConfirmTimeout, LockRuleValidation.LongestConfirmTimeout);
        return body.Integer(name, (int)least.TotalSeconds, (int)most.TotalSeconds) is { } seconds ? TimeSpan.FromSeconds(seconds) : TimeSpan.FromMinutes(10);
    }
}

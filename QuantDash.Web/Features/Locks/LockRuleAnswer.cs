using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Locks;

/// <summary>The columns of <c>lock_configs</c>, and what the engine makes of the rule.</summary>
public sealed record LockRuleAnswer
{
    public required Guid Id { get; init; }
    public required Guid AccountId { get; init; }
    public required string Symbol { get; init; }
    public required Side Direction { get; init; }
    public required TriggerType TriggerType { get; init; }
    public required IReadOnlyList<TriggerType> Also { get; init; }
    public required bool IsEnabled { get; init; }
    public required bool AutoExecute { get; init; }
    public required bool ProfitLockEnabled { get; init; }
    public required decimal? ProfitLockThreshold { get; init; }
    public required decimal? DecayHalfLife { get; init; }
    public required decimal? DecayFloor { get; init; }
    public required string? TriggerTime { get; init; }
    public required decimal ProfitLockRatio { get; init; }
    public required decimal? TriggerPrice { get; init; }
    public required decimal? StopLossPrice { get; init; }
    public required decimal StopLockRatio { get; init; }
    public required IReadOnlyList<LadderStageBody> Stages { get; init; }
    public required bool? MinOneLot { get; init; }
    public required bool TrailingStop { get; init; }
    public required decimal? TrailingDistance { get; init; }
    public required TrailingMode TrailingMode { get; init; }
    public required int AtrPeriod { get; init; }
    public required string AtrTimeframe { get; init; }
    public required decimal? TrailingActivation { get; init; }
    public required PriceSource PriceSource { get; init; }
    public required int ConfirmTicks { get; init; }
    public required int ConfirmTimeout { get; init; }
    public required ConfirmTimeoutAction ConfirmTimeoutAction { get; init; }
    public required int MaxSlippageTicks { get; init; }
    public required int ProtectTicks { get; init; }
    public required RearmMode Rearm { get; init; }
    public required int RearmCooldown { get; init; }
    public required bool RearmAdds { get; init; }
    public required string? OcoGroup { get; init; }
    public required OcoMode OcoMode { get; init; }
    public required IfLockRefused IfLockRefused { get; init; }
    public required LockAction Action { get; init; }
    public required OppositeLeg Opposite { get; init; }
    public required Guid? LockId { get; init; }
    public required decimal? RelockPrice { get; init; }
    public required int? RelockTicks { get; init; }

    /// <summary>The unlock rule that made this one, to lock again.</summary>
    public required Guid? ParentId { get; init; }
    public required bool Shadow { get; init; }
    public required DateTimeOffset? ValidUntil { get; init; }
    public required string? DisabledReason { get; init; }
    public required string? Note { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Armed, fired, done …; null right after saving.</summary>
    public ArmState? ArmState { get; init; }

    /// <summary>Why it is idle; null when it is watched.</summary>
    public string? Why { get; init; }
    public decimal? DoneVolume { get; init; }

    /// <summary>Stages of its ladder that are spent.</summary>
    public int? StagesDone { get; init; }
    public long? DistanceTicks { get; init; }
    public DateTimeOffset? LastEvaluatedAt { get; init; }

    /// <summary>Only after saving: a condition holds already, so it fires at the next tradable tick.</summary>
    public bool? FiresNow { get; init; }

    /// <summary>How many lots that would lock, at about <see cref="FiresPrice"/>.</summary>
    public decimal? FiresVolume { get; init; }
    public decimal? FiresPrice { get; init; }

    /// <summary>Only after saving: what the venue would hold back for locking the whole leg now, before single-side relief.</summary>
    public decimal? LockMargin { get; init; }

    /// <summary>Whether the account's available funds cover <see cref="LockMargin"/>; if not, if_lock_refused decides.</summary>
    public bool? LockMarginIsCovered { get; init; }

    public static LockRuleAnswer Of(RuleView view) => Of(view.Rule) with
    {
        ArmState = view.State.State,
        Why = view.State.Why,
        DoneVolume = view.State.DoneVolume.Value,
        StagesDone = view.Rule.Stages.Count > 0 ? view.State.StagesDone : null,
        DistanceTicks = view.DistanceTicks,
        LastEvaluatedAt = view.LastEvaluatedAt,
    };

    public static LockRuleAnswer Of(RuleSaved saved) => Of(saved.Rule) with
    {
        FiresNow = saved.FiresNow,
        FiresVolume = saved.FiresNow ? saved.Volume.Value : null,
        FiresPrice = saved.FiresNow ? saved.Price?.Value : null,
        LockMargin = saved.LockMargin,
        LockMarginIsCovered = saved.LockMarginIsCovered,
    };

    public static LockRuleAnswer Of(LockRule rule) => new()
    {
        Id = rule.Id,
        AccountId = rule.AccountId.Value,
        Symbol = rule.Symbol.ToString(),
        Direction = rule.Direction,
        TriggerType = rule.TriggerType,
        Also = rule.Also,
        IsEnabled = rule.IsEnabled,
        AutoExecute = rule.AutoExecute,
        ProfitLockEnabled = rule.ProfitLockEnabled,
        ProfitLockThreshold = rule.ProfitLockThreshold,
        DecayHalfLife = rule.DecayHalfLifeMinutes,
        DecayFloor = rule.DecayFloor,
        TriggerTime = rule.TriggerTime?.ToString(),
        ProfitLockRatio = rule.ProfitLockRatio.Value,
        TriggerPrice = rule.TriggerPrice?.Value,
        StopLossPrice = rule.StopLossPrice?.Value,
        StopLockRatio = rule.StopLockRatio.Value,
        Stages = [.. rule.Stages.Select(stage => new LadderStageBody(stage.Level, stage.Ratio.Value))],
        MinOneLot = rule.MinOneLot,
        TrailingStop = rule.TrailingStop,
        TrailingDistance = rule.TrailingDistance,
        TrailingMode = rule.TrailingMode,
        AtrPeriod = rule.AtrPeriod,
        AtrTimeframe = AtrTimeframes.Write(rule.AtrTimeframe),
        TrailingActivation = rule.TrailingActivation?.Value,
        PriceSource = rule.PriceSource,
        ConfirmTicks = rule.ConfirmTicks,
        ConfirmTimeout = (int)rule.ConfirmTimeout.TotalSeconds,
        ConfirmTimeoutAction = rule.ConfirmTimeoutAction,
        MaxSlippageTicks = rule.MaxSlippageTicks,
        ProtectTicks = rule.ProtectTicks,
        Rearm = rule.Rearm,
        RearmCooldown = (int)rule.RearmCooldown.TotalSeconds,
        RearmAdds = rule.RearmAdds,
        OcoGroup = rule.OcoGroup,
        OcoMode = rule.OcoMode,
        IfLockRefused = rule.IfLockRefused,
        Action = rule.Action,
        Opposite = rule.Opposite,
        LockId = rule.LockId,
        RelockPrice = rule.RelockPrice?.Value,
        RelockTicks = rule.RelockTicks,
        ParentId = rule.ParentId,
        Shadow = rule.Shadow,
        ValidUntil = rule.ValidUntil,
        DisabledReason = rule.DisabledReason,
        Note = rule.Note,
        CreatedAt = rule.CreatedAt,
        UpdatedAt = rule.UpdatedAt,
    };
}

namespace QuantDash.Core.Locking;

/// <summary>What a template keeps of a rule that says nothing of a leg's prices or lots. The defaults are those of <see cref="LockRule"/>, so that a template
/// kept before a term was added makes the rule it always made.</summary>
public sealed record TemplateOptions
{
    /// <summary>As in <see cref="LockRule.TriggerTime"/>; null: no time condition.</summary>
    public string? TriggerTime { get; init; }

    /// <summary>A ratio of the best price or multiples of the average true range, by <see cref="TrailingMode"/>; null under <see cref="TrailingMode.Price"/>.</summary>
    public decimal? TrailingDistance { get; init; }
    public TrailingMode TrailingMode { get; init; }
    public int AtrPeriod { get; init; } = 14;
    public TimeSpan AtrTimeframe { get; init; } = TimeSpan.FromMinutes(15);
    public decimal? DecayHalfLifeMinutes { get; init; }
    public decimal StopLockRatio { get; init; } = 1m;
    public bool? MinOneLot { get; init; }
    public PriceSource PriceSource { get; init; }
    public int ConfirmTicks { get; init; } = 1;
    public TimeSpan ConfirmTimeout { get; init; } = TimeSpan.FromMinutes(10);
    public ConfirmTimeoutAction ConfirmTimeoutAction { get; init; }
    public int MaxSlippageTicks { get; init; } = 10;
    public int ProtectTicks { get; init; } = 5;
    public RearmMode Rearm { get; init; }
    public TimeSpan RearmCooldown { get; init; } = TimeSpan.FromMinutes(5);
    public bool RearmAdds { get; init; }
    public string? OcoGroup { get; init; }
    public OcoMode OcoMode { get; init; }
    public IfLockRefused IfLockRefused { get; init; }
    public LockAction Action { get; init; }
    public OppositeLeg Opposite { get; init; }
    public bool Shadow { get; init; }
    public bool IsEnabled { get; init; } = true;
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>Null: the template's name.</summary>
    public string? Note { get; init; }

    public static TemplateOptions Of(LockRule rule) => new()
    {
        TriggerTime = RuleConditions.HasTime(rule) ? rule.TriggerTime!.ToString() : null,
        TrailingDistance = RuleConditions.HasTrailing(rule) && rule.TrailingMode != TrailingMode.Price ? rule.TrailingDistance : null,
        TrailingMode = rule.TrailingMode, AtrPeriod = rule.AtrPeriod, AtrTimeframe = rule.AtrTimeframe, DecayHalfLifeMinutes = rule.DecayHalfLifeMinutes,
        StopLockRatio = rule.StopLockRatio.Value, MinOneLot = rule.MinOneLot, PriceSource = rule.PriceSource, ConfirmTicks = rule.ConfirmTicks,
        ConfirmTimeout = rule.ConfirmTimeout, ConfirmTimeoutAction = rule.ConfirmTimeoutAction, MaxSlippageTicks = rule.MaxSlippageTicks, ProtectTicks = rule.ProtectTicks,
        Rearm = rule.Rearm, RearmCooldown = rule.RearmCooldown, RearmAdds = rule.RearmAdds, OcoGroup = rule.OcoGroup, OcoMode = rule.OcoMode,
        IfLockRefused = rule.IfLockRefused, Action = rule.Action, Opposite = rule.Opposite, Shadow = rule.Shadow, IsEnabled = rule.IsEnabled, ValidUntil = rule.ValidUntil, Note = rule.Note,
    };

    /// <summary>The rule with these terms; its prices, its distances in price and its profits stay.</summary>
    public LockRule On(LockRule rule) => rule with
    {
        TriggerTime = Core.Locking.TriggerTime.TryParse(TriggerTime),
        TrailingDistance = TrailingMode == TrailingMode.Price ? rule.TrailingDistance : TrailingDistance,
        TrailingMode = TrailingMode, AtrPeriod = AtrPeriod, AtrTimeframe = AtrTimeframe, DecayHalfLifeMinutes = DecayHalfLifeMinutes,
        StopLockRatio = new(StopLockRatio), MinOneLot = MinOneLot, PriceSource = PriceSource, ConfirmTicks = ConfirmTicks,
        ConfirmTimeout = ConfirmTimeout, ConfirmTimeoutAction = ConfirmTimeoutAction, MaxSlippageTicks = MaxSlippageTicks, ProtectTicks = ProtectTicks,
        Rearm = Rearm, RearmCooldown = RearmCooldown, RearmAdds = RearmAdds, OcoGroup = OcoGroup, OcoMode = OcoMode,
        IfLockRefused = IfLockRefused, Action = Action, Opposite = Opposite, Shadow = Shadow, IsEnabled = IsEnabled, ValidUntil = ValidUntil, Note = Note,
    };
}

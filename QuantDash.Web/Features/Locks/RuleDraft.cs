using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Locks;

/// <summary>What is typed into the rule form; <see cref="RuleDraftCheck"/> makes a rule of it or says what is wrong.</summary>
public sealed record RuleDraft
{
    internal static readonly TimeSpan ChinaTime = TimeSpan.FromHours(8);

    /// <summary>Null for a new rule.</summary>
    public Guid? Id { get; set; }
    public required AccountId AccountId { get; init; }
    public string Symbol { get; set; } = "";
    public Side Direction { get; set; }
    public bool IsEnabled { get; set; } = true;
    public bool AutoExecute { get; set; }
    public bool UseProfit { get; set; }
    public decimal? ProfitThreshold { get; set; }
    public bool UsePrice { get; set; }
    public decimal? TriggerPrice { get; set; }
    public bool UseTrailing { get; set; }
    public decimal? TrailingDistance { get; set; }
    public TrailingMode TrailingMode { get; set; }
    public decimal? TrailingActivation { get; set; }
    public bool UseStop { get; set; }
    public decimal? StopPrice { get; set; }

    /// <summary>Share of the leg, in percent as typed.</summary>
    public decimal? RatioPercent { get; set; } = 100m;
    public decimal? StopRatioPercent { get; set; } = 100m;
    public PriceSource PriceSource { get; set; }
    public int? ConfirmTicks { get; set; } = 1;
    public int? ConfirmMinutes { get; set; } = 10;
    public ConfirmTimeoutAction ConfirmTimeoutAction { get; set; }
    public int? ProtectTicks { get; set; } = 5;
    public int? MaxSlippageTicks { get; set; } = 10;
    public LadderDraft Ladder { get; init; } = new();
    public TimeDraft Time { get; init; } = new();
    public decimal? DecayHalfLife { get; set; }
    public decimal? DecayFloor { get; set; }
    public int? AtrPeriod { get; set; } = 14;
    public TimeSpan AtrTimeframe { get; set; } = TimeSpan.FromMinutes(15);
    public RearmMode Rearm { get; set; }
    public int? RearmCooldownMinutes { get; set; } = 5;
    public bool RearmAdds { get; set; }
    public string? OcoGroup { get; set; }
    public OcoMode OcoMode { get; set; }
    public IfLockRefused IfLockRefused { get; set; }
    public LockAction Action { get; set; }
    public OppositeLeg Opposite { get; set; }

    /// <summary>The lock that an unlock rule belongs to.</summary>
    public Guid? LockId { get; init; }
    public bool UseRelock { get; set; }

    /// <summary>Whether what was unlocked is locked again at a price, or so many ticks against the leg that stays.</summary>
    public bool RelockAtPrice { get; set; }
    public decimal? RelockPrice { get; set; }
    public int? RelockTicks { get; set; } = 20;

    /// <summary>Its terms of locking are not asked for.</summary>
    public bool Unlocks => Action == LockAction.Unlock;

    /// <summary>In China time, as typed.</summary>
    public DateTime? ValidUntil { get; set; }
    public bool Shadow { get; set; }
    public string? Note { get; set; }

    /// <summary>What the form does not show is kept.</summary>
    public LockRule? Origin { get; init; }

    /// <summary>A draft for the account's first leg, with the first condition of the seeds: profit.</summary>
    public static RuleDraft New(AccountView account, EngineSnapshot snapshot)
    {
        var position = account.Positions.FirstOrDefault(p => !p.IsFlat);
        return new()
        {
            AccountId = account.Account.Id,
            Symbol = position?.Contract.Symbol.ToString() ?? snapshot.Quotes.FirstOrDefault(q => q.Source == account.Account.Source)?.Contract.Symbol.ToString() ?? "",
            Direction = position is null || position.Long.Volume >= position.Short.Volume ? Side.Long : Side.Short,
            UseProfit = true,
        };
    }

    /// <summary>A draft that closes the leg which the lock had opened, at a price.</summary>
    public static RuleDraft Unlocking(PositionLock held) => new()
    {
        AccountId = held.AccountId,
        Symbol = held.Symbol.ToString(),
        Direction = held.LockedSide.Opposite(),
        Action = LockAction.Unlock,
        LockId = held.Id,
        UsePrice = true,
    };

    public static RuleDraft Of(LockRule rule) => new()
    {
        Id = rule.Id,
        Origin = rule,
        AccountId = rule.AccountId,
        Symbol = rule.Symbol.ToString(),
        Direction = rule.Direction,
        IsEnabled = rule.IsEnabled,
        AutoExecute = rule.AutoExecute,
        UseProfit = RuleConditions.HasProfit(rule),
        ProfitThreshold = rule.ProfitLockThreshold,
        Ladder = LadderDraft.Of(rule),
        Time = TimeDraft.Of(rule),
        DecayHalfLife = rule.DecayHalfLifeMinutes,
        DecayFloor = rule.DecayFloor,
        AtrPeriod = rule.AtrPeriod,
        AtrTimeframe = rule.AtrTimeframe,
        Rearm = rule.Rearm,
        RearmCooldownMinutes = (int)Math.Ceiling(rule.RearmCooldown.TotalMinutes),
        RearmAdds = rule.RearmAdds,
        OcoGroup = rule.OcoGroup,
        OcoMode = rule.OcoMode,
        IfLockRefused = rule.IfLockRefused,
        Action = rule.Action,
        Opposite = rule.Opposite,
        LockId = rule.LockId,
        UseRelock = rule.RelockPrice is not null || rule.RelockTicks is not null,
        RelockAtPrice = rule.RelockPrice is not null,
        RelockPrice = rule.RelockPrice?.Value,
        RelockTicks = rule.RelockTicks ?? 20,
        ValidUntil = rule.ValidUntil?.ToOffset(ChinaTime).DateTime,
        UsePrice = RuleConditions.HasPrice(rule),
        TriggerPrice = rule.TriggerPrice?.Value,
        UseTrailing = RuleConditions.HasTrailing(rule),
        TrailingDistance = rule.TrailingMode == TrailingMode.Ratio ? rule.TrailingDistance * 100m : rule.TrailingDistance,
        TrailingMode = rule.TrailingMode,
        TrailingActivation = rule.TrailingActivation?.Value,
        UseStop = RuleConditions.HasStop(rule),
        StopPrice = rule.StopLossPrice?.Value,
        RatioPercent = rule.ProfitLockRatio.Value * 100m,
        StopRatioPercent = rule.StopLockRatio.Value * 100m,
        PriceSource = rule.PriceSource,
        ConfirmTicks = rule.ConfirmTicks,
        ConfirmMinutes = (int)rule.ConfirmTimeout.TotalMinutes,
        ConfirmTimeoutAction = rule.ConfirmTimeoutAction,
        ProtectTicks = rule.ProtectTicks,
        MaxSlippageTicks = rule.MaxSlippageTicks,
        Shadow = rule.Shadow,
        Note = rule.Note,
    };
}

using System.Text.Json;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Adapters.Storage.Rows;

/// <summary>Table <c>lock_configs</c>.</summary>
internal sealed class LockConfigRow
{
    public Guid Id { get; set; }
    public Guid AccountId { get; set; }
    public required string Symbol { get; set; }
    public required string Direction { get; set; }
    public required string TriggerType { get; set; }
    public bool IsEnabled { get; set; }
    public bool AutoExecute { get; set; }
    public bool ProfitLockEnabled { get; set; }
    public decimal? ProfitLockThreshold { get; set; }

    /// <summary>Minutes of trading time.</summary>
    public decimal? DecayHalfLife { get; set; }
    public decimal? DecayFloor { get; set; }

    /// <summary><c>14:55:00</c>, <c>close-5</c>, <c>close-5@night</c>, <c>last-30</c>, <c>hold+30</c> or <c>close_today_relief</c>.</summary>
    public string? TriggerTime { get; set; }
    public decimal ProfitLockRatio { get; set; }
    public decimal? TriggerPrice { get; set; }
    public decimal? StopLossPrice { get; set; }
    public decimal StopLockRatio { get; set; }

    /// <summary>JSON: <c>[{"level":5238.8,"ratio":0.3}]</c>.</summary>
    public string Stages { get; set; } = "[]";
    public bool? MinOneLot { get; set; }
    public bool TrailingStop { get; set; }
    public decimal? TrailingDistance { get; set; }
    public required string TrailingMode { get; set; }
    public int AtrPeriod { get; set; }

    /// <summary><c>15m</c>, <c>1h</c>.</summary>
    public required string AtrTimeframe { get; set; }
    public decimal? TrailingActivation { get; set; }
    public required string PriceSource { get; set; }
    public int ConfirmTicks { get; set; }

    /// <summary>JSON: <c>["price","trailing"]</c>.</summary>
    public required string Also { get; set; }

    /// <summary>Seconds.</summary>
    public decimal ConfirmTimeout { get; set; }
    public required string ConfirmTimeoutAction { get; set; }
    public int MaxSlippageTicks { get; set; }
    public int ProtectTicks { get; set; }
    public required string Rearm { get; set; }

    /// <summary>Seconds.</summary>
    public decimal RearmCooldown { get; set; }
    public bool RearmAdds { get; set; }
    public string? OcoGroup { get; set; }
    public required string OcoMode { get; set; }
    public required string IfLockRefused { get; set; }
    public required string Action { get; set; }
    public required string Opposite { get; set; }

    /// <summary>The lock whose leg an unlock rule closes.</summary>
    public Guid? LockId { get; set; }
    public decimal? RelockPrice { get; set; }
    public int? RelockTicks { get; set; }

    /// <summary>The unlock rule that made this one.</summary>
    public Guid? ParentId { get; set; }
    public bool Shadow { get; set; }
    public DateTimeOffset? ValidUntil { get; set; }
    public string? DisabledReason { get; set; }
    public string? Note { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>0: written by another program and not yet taken over; ours count up from 1 (a trigger of the database keeps this).</summary>
    public long Revision { get; set; }

    public static LockConfigRow From(LockRule rule) => new()
    {
        Id = rule.Id,
        AccountId = rule.AccountId.Value,
        Symbol = rule.Symbol.ToString(),
        Direction = EnumText<Side>.Of(rule.Direction),
        TriggerType = EnumText<TriggerType>.Of(rule.TriggerType),
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
        Stages = StagesColumn.Write(rule.Stages),
        MinOneLot = rule.MinOneLot,
        TrailingStop = rule.TrailingStop,
        TrailingDistance = rule.TrailingDistance,
        TrailingMode = EnumText<TrailingMode>.Of(rule.TrailingMode),
        AtrPeriod = rule.AtrPeriod,
        AtrTimeframe = AtrTimeframes.Write(rule.AtrTimeframe),
        TrailingActivation = rule.TrailingActivation?.Value,
        PriceSource = EnumText<PriceSource>.Of(rule.PriceSource),
        ConfirmTicks = rule.ConfirmTicks,
        Also = JsonSerializer.Serialize(rule.Also.Select(EnumText<TriggerType>.Of)),
        ConfirmTimeout = (decimal)rule.ConfirmTimeout.Ticks / TimeSpan.TicksPerSecond,
        ConfirmTimeoutAction = EnumText<ConfirmTimeoutAction>.Of(rule.ConfirmTimeoutAction),
        MaxSlippageTicks = rule.MaxSlippageTicks,
        ProtectTicks = rule.ProtectTicks,
        Rearm = EnumText<RearmMode>.Of(rule.Rearm),
        RearmCooldown = (decimal)rule.RearmCooldown.Ticks / TimeSpan.TicksPerSecond,
        RearmAdds = rule.RearmAdds,
        OcoGroup = rule.OcoGroup,
        OcoMode = EnumText<OcoMode>.Of(rule.OcoMode),
        IfLockRefused = EnumText<IfLockRefused>.Of(rule.IfLockRefused),
        Action = EnumText<LockAction>.Of(rule.Action),
        Opposite = EnumText<OppositeLeg>.Of(rule.Opposite),
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
        Revision = 1,
    };

    /// <summary>Throws <see cref="FormatException"/>, <see cref="ArgumentException"/> or <see cref="JsonException"/> when a program outside left something unreadable.</summary>
    public LockRule ToRule() => new()
    {
        Id = Id,
        AccountId = new(AccountId),
        Symbol = Core.Primitives.Symbol.ParseCanonical(Symbol),
        Direction = EnumText<Side>.Parse(Direction),
        TriggerType = EnumText<TriggerType>.Parse(TriggerType),
        IsEnabled = IsEnabled,
        AutoExecute = AutoExecute,
        ProfitLockEnabled = ProfitLockEnabled,
        ProfitLockThreshold = ProfitLockThreshold,
        DecayHalfLifeMinutes = DecayHalfLife,
        DecayFloor = DecayFloor,
        TriggerTime = TriggerTime is null ? null : Core.Locking.TriggerTime.TryParse(TriggerTime) ?? throw new FormatException($"trigger_time: '{TriggerTime}'"),
        ProfitLockRatio = new(ProfitLockRatio),
        TriggerPrice = Price(TriggerPrice),
        StopLossPrice = Price(StopLossPrice),
        StopLockRatio = new(StopLockRatio),
        Stages = StagesColumn.Read(Stages),
        MinOneLot = MinOneLot,
        TrailingStop = TrailingStop,
        TrailingDistance = TrailingDistance,
        TrailingMode = EnumText<TrailingMode>.Parse(TrailingMode),
        AtrPeriod = AtrPeriod,
        AtrTimeframe = AtrTimeframes.TryRead(AtrTimeframe) ?? throw new FormatException($"atr_timeframe: '{AtrTimeframe}'"),
        TrailingActivation = Price(TrailingActivation),
        PriceSource = EnumText<PriceSource>.Parse(PriceSource),
        ConfirmTicks = ConfirmTicks,
        Also = [.. (JsonSerializer.Deserialize<string[]>(Also) ?? []).Select(EnumText<TriggerType>.Parse)],
        ConfirmTimeout = TimeSpan.FromTicks((long)(ConfirmTimeout * TimeSpan.TicksPerSecond)),
        ConfirmTimeoutAction = EnumText<ConfirmTimeoutAction>.Parse(ConfirmTimeoutAction),
        MaxSlippageTicks = MaxSlippageTicks,
        ProtectTicks = ProtectTicks,
        Rearm = EnumText<RearmMode>.Parse(Rearm),
        RearmCooldown = TimeSpan.FromTicks((long)(RearmCooldown * TimeSpan.TicksPerSecond)),
        RearmAdds = RearmAdds,
        OcoGroup = OcoGroup,
        OcoMode = EnumText<OcoMode>.Parse(OcoMode),
        IfLockRefused = EnumText<IfLockRefused>.Parse(IfLockRefused),
        Action = EnumText<LockAction>.Parse(Action),
        Opposite = EnumText<OppositeLeg>.Parse(Opposite),
        LockId = LockId,
        RelockPrice = Price(RelockPrice),
        RelockTicks = RelockTicks,
        ParentId = ParentId,
        Shadow = Shadow,
        ValidUntil = ValidUntil,
        DisabledReason = DisabledReason,
        Note = Note,
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
    };

    private static Price? Price(decimal? value) => value is { } price ? new(price) : null;
}

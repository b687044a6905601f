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
        ProfitLockRatio = rule.ProfitLockRatio.Value,
        TriggerPrice = rule.TriggerPrice?.Value,
        StopLossPrice = rule.StopLossPrice?.Value,
        StopLockRatio = rule.StopLockRatio.Value,
        Stages = StagesColumn.Write(rule.Stages),
        MinOneLot = rule.MinOneLot,
        TrailingStop = rule.TrailingStop,
        TrailingDistance = rule.TrailingDistance,
        TrailingMode = EnumText<TrailingMode>.Of(rule.TrailingMode),
        TrailingActivation = rule.TrailingActivation?.Value,
        PriceSource = EnumText<PriceSource>.Of(rule.PriceSource),
        ConfirmTicks = rule.ConfirmTicks,
        Also = JsonSerializer.Serialize(rule.Also.Select(EnumText<TriggerType>.Of)),
        ConfirmTimeout = (decimal)rule.ConfirmTimeout.Ticks / TimeSpan.TicksPerSecond,
        ConfirmTimeoutAction = EnumText<ConfirmTimeoutAction>.Of(rule.ConfirmTimeoutAction),
        MaxSlippageTicks = rule.MaxSlippageTicks,
        ProtectTicks = rule.ProtectTicks,
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
        ProfitLockRatio = new(ProfitLockRatio),
        TriggerPrice = Price(TriggerPrice),
        StopLossPrice = Price(StopLossPrice),
        StopLockRatio = new(StopLockRatio),
        Stages = StagesColumn.Read(Stages),
        MinOneLot = MinOneLot,
        TrailingStop = TrailingStop,
        TrailingDistance = TrailingDistance,
        TrailingMode = EnumText<TrailingMode>.Parse(TrailingMode),
        TrailingActivation = Price(TrailingActivation),
        PriceSource = EnumText<PriceSource>.Parse(PriceSource),
        ConfirmTicks = ConfirmTicks,
        Also = [.. (JsonSerializer.Deserialize<string[]>(Also) ?? []).Select(EnumText<TriggerType>.Parse)],
        ConfirmTimeout = TimeSpan.FromTicks((long)(ConfirmTimeout * TimeSpan.TicksPerSecond)),
        ConfirmTimeoutAction = EnumText<ConfirmTimeoutAction>.Parse(ConfirmTimeoutAction),
        MaxSlippageTicks = MaxSlippageTicks,
        ProtectTicks = ProtectTicks,
        Shadow = Shadow,
        ValidUntil = ValidUntil,
        DisabledReason = DisabledReason,
        Note = Note,
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
    };

    private static Price? Price(decimal? value) => value is { } price ? new(price) : null;
}

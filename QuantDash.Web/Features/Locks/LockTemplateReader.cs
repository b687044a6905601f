using QuantDash.Core.Locking;
using QuantDash.Web.Api;

namespace QuantDash.Web.Features.Locks;

internal static class LockTemplateReader
{
    public static LockTemplate Read(JsonFields body, Guid id, DateTimeOffset now)
    {
        body.Require("name");
        return new()
        {
            Id = id,
            Name = body.Text("name", LockTemplate.LongestName)?.Trim() ?? "",
            Terms = new()
            {
                ProfitPerLot = body.Number("profit_per_lot"),
                TargetTicks = body.Integer("target_ticks", 1, LockTemplate.MostTicks),
                StopTicks = body.Integer("stop_ticks", 1, LockTemplate.MostTicks),
                TrailingTicks = body.Integer("trailing_ticks", 1, LockTemplate.MostTicks),
                TrailingActivationTicks = body.Integer("trailing_activation_ticks", 1, LockTemplate.MostTicks),
                DecayFloorPerLot = body.Number("decay_floor_per_lot"),
                StagesByProfit = body.Flag("stages_by_profit") ?? false,
                Ratio = body.Number("ratio") ?? 1m,
                Stages = [.. Stages(body)],
                AutoExecute = body.Flag("auto_execute") ?? false,
                Options = Options(body, now),
            },
            UpdatedAt = now,
        };
    }

    /// <summary>The terms that a rule has too, by the names and with the defaults they have there.</summary>
    private static TemplateOptions Options(JsonFields body, DateTimeOffset now)
    {
        var rule = LockRuleReader.ReadTerms(body, LockRuleEndpoints.Blank(Guid.Empty, null, null, now));
        return TemplateOptions.Of(rule) with
        {
            TriggerTime = rule.TriggerTime?.ToString(),
            TrailingDistance = rule.TrailingMode == TrailingMode.Price ? null : rule.TrailingDistance,
        };
    }

    private static IEnumerable<TemplateStage> Stages(JsonFields body)
    {
        foreach (var stage in body.Objects("stages", LockRuleValidation.MostStages) ?? [])
        {
            stage.Require("points", "ratio");
            if (stage.Number("points") is { } points && stage.Number("ratio") is { } ratio) yield return new(points, ratio);
        }
    }
}

/// <param name="Name">1 to 60 characters.</param>
/// <param name="ProfitPerLot">Floating profit per lot, in the account's currency.</param>
/// <param name="TargetTicks">Ticks in the leg's favour from its average open price.</param>
/// <param name="StopTicks">Ticks against the leg from its average open price.</param>
/// <param name="TrailingTicks">Distance of a trailing stop.</param>
/// <param name="Ratio">Share of the leg to lock, above 0 and at most 1.</param>
/// <param name="Stages">A ladder by points from the average open price; it stands in place of target_ticks.</param>
/// <param name="StagesByProfit">The stages' points are profit per lot instead; they stand in place of profit_per_lot.</param>
/// <param name="TrailingActivationTicks">Ticks in the leg's favour at which trailing wakes up.</param>
/// <param name="TrailingDistance">In place of trailing_ticks when trailing_mode is ratio or atr.</param>
/// <param name="DecayFloorPerLot">Where a decaying profit per lot ends. Every other field is that of a rule.</param>
public sealed record LockTemplateBody(
    string Name, decimal? ProfitPerLot = null, int? TargetTicks = null, int? StopTicks = null, int? TrailingTicks = null, decimal Ratio = 1,
    IReadOnlyList<TemplateStage>? Stages = null, bool StagesByProfit = false, int? TrailingActivationTicks = null, decimal? DecayFloorPerLot = null, bool AutoExecute = false,
    string? TriggerTime = null, TrailingMode TrailingMode = TrailingMode.Price, decimal? TrailingDistance = null, int AtrPeriod = 14, string AtrTimeframe = "15m", decimal? DecayHalfLife = null,
    decimal StopLockRatio = 1, bool? MinOneLot = null, PriceSource PriceSource = PriceSource.Last, int ConfirmTicks = 1, int ConfirmTimeout = 600,
    ConfirmTimeoutAction ConfirmTimeoutAction = ConfirmTimeoutAction.Skip, int MaxSlippageTicks = 10, int ProtectTicks = 5, RearmMode Rearm = RearmMode.Once, int RearmCooldown = 300,
    bool RearmAdds = false, string? OcoGroup = null, OcoMode OcoMode = OcoMode.Reduce, IfLockRefused IfLockRefused = IfLockRefused.Alarm, LockAction Action = LockAction.Lock,
    OppositeLeg Opposite = OppositeLeg.Covers, bool Shadow = false, bool IsEnabled = true, DateTimeOffset? ValidUntil = null, string? Note = null);

using QuantDash.Core.Locking;
using QuantDash.Web.Api;

namespace QuantDash.Web.Features.Locks;

internal static class LockTemplateReader
{
    private const int MostTicks = 1_000_000;

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
                TargetTicks = body.Integer("target_ticks", 1, MostTicks),
                StopTicks = body.Integer("stop_ticks", 1, MostTicks),
                TrailingTicks = body.Integer("trailing_ticks", 1, MostTicks),
                Ratio = body.Number("ratio") ?? 1m,
                Stages = [.. Stages(body)],
                AutoExecute = body.Flag("auto_execute") ?? false,
            },
            UpdatedAt = now,
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
public sealed record LockTemplateBody(
    string Name, decimal? ProfitPerLot = null, int? TargetTicks = null, int? StopTicks = null, int? TrailingTicks = null, decimal Ratio = 1,
    IReadOnlyList<TemplateStage>? Stages = null, bool AutoExecute = false);

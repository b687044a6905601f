using System.Globalization;
using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Web.Problems;

namespace QuantDash.Web.Features.Locks;

/// <summary>A template by the names that <see cref="LockTemplateBody"/> takes.</summary>
public sealed record LockTemplateAnswer(
    Guid Id, string Name, bool Sample, decimal? ProfitPerLot, int? TargetTicks, int? StopTicks, int? TrailingTicks, decimal Ratio, IReadOnlyList<TemplateStage> Stages, bool StagesByProfit,
    int? TrailingActivationTicks, decimal? DecayFloorPerLot, bool AutoExecute, string? TriggerTime, TrailingMode TrailingMode, decimal? TrailingDistance, int AtrPeriod, string AtrTimeframe,
    decimal? DecayHalfLife, decimal StopLockRatio, bool? MinOneLot, PriceSource PriceSource, int ConfirmTicks, int ConfirmTimeout, ConfirmTimeoutAction ConfirmTimeoutAction,
    int MaxSlippageTicks, int ProtectTicks, RearmMode Rearm, int RearmCooldown, bool RearmAdds, string? OcoGroup, OcoMode OcoMode, IfLockRefused IfLockRefused, LockAction Action,
    OppositeLeg Opposite, bool Shadow, bool IsEnabled, DateTimeOffset? ValidUntil, string? Note)
{
    public static LockTemplateAnswer Of(LockTemplate template)
    {
        var (t, o) = (template.Terms, template.Terms.Options);
        return new(
            template.Id, template.Name, SampleTemplates.IsSample(template), t.ProfitPerLot, t.TargetTicks, t.StopTicks, t.TrailingTicks, t.Ratio, t.Stages, t.StagesByProfit,
            t.TrailingActivationTicks, t.DecayFloorPerLot, t.AutoExecute, o.TriggerTime, o.TrailingMode, o.TrailingDistance, o.AtrPeriod, AtrTimeframes.Write(o.AtrTimeframe),
            o.DecayHalfLifeMinutes, o.StopLockRatio, o.MinOneLot, o.PriceSource, o.ConfirmTicks, (int)o.ConfirmTimeout.TotalSeconds, o.ConfirmTimeoutAction,
            o.MaxSlippageTicks, o.ProtectTicks, o.Rearm, (int)o.RearmCooldown.TotalSeconds, o.RearmAdds, o.OcoGroup, o.OcoMode, o.IfLockRefused, o.Action,
            o.Opposite, o.Shadow, o.IsEnabled, o.ValidUntil, o.Note);
    }
}

/// <param name="TemplateId">One of GET /api/lock/templates.</param>
/// <param name="Legs">Up to 200.</param>
/// <param name="Save">False: only says what would be saved.</param>
public sealed record BulkBody(Guid TemplateId, IReadOnlyList<BulkLeg> Legs, bool Save = false);

public sealed record BulkLeg(string AccountId, string Symbol, Side Direction);

/// <param name="Rule">As saved, or as it would be; null when it is refused.</param>
/// <param name="Problems">Why it is refused, in words.</param>
public sealed record BulkAnswer(Guid AccountId, string Symbol, Side Direction, bool Saved, LockRuleAnswer? Rule, IReadOnlyList<string> Problems)
{
    internal static BulkAnswer Of(TemplateLeg leg, LockRuleAnswer rule, bool saved) => new(leg.AccountId.Value, leg.Contract.Symbol.ToString(), leg.Side, saved, rule, []);

    internal static BulkAnswer Of(TemplateLeg leg, IReadOnlyList<Problem> problems) => new(leg.AccountId.Value, leg.Contract.Symbol.ToString(), leg.Side, false, null, Sentences(problems));

    internal static IReadOnlyList<string> Sentences(IReadOnlyList<Problem> problems) => [.. problems.Select(p => $"{p.Field}: {ProblemSentences.Write(p, CultureInfo.CurrentUICulture)}")];
}

/// <param name="Ids">Rules, up to 200.</param>
public sealed record SwitchBody(IReadOnlyList<Guid> Ids, bool IsEnabled);

public sealed record SwitchAnswer(Guid Id, bool Done, IReadOnlyList<string> Problems)
{
    internal static SwitchAnswer Of(Guid id, Outcome<RuleSaved> outcome) => new(id, outcome.Succeeded, outcome.Succeeded ? [] : BulkAnswer.Sentences(outcome.Problems));
}

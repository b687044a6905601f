using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Locking;

/// <summary>The leg a template is applied to.</summary>
/// <param name="AccountId">Whose.</param>
/// <param name="Contract">Of what.</param>
/// <param name="Side">Which.</param>
/// <param name="Volume">Lots held now.</param>
/// <param name="Average">Average open price; null when unknown.</param>
public sealed record TemplateLeg(AccountId AccountId, Contract Contract, Side Side, Volume Volume, Price? Average);

/// <summary>Templates as rules of a leg, and rules as templates.</summary>
public static class TemplateRules
{
    /// <summary>The rule as it would be saved, or everything that is wrong with it.</summary>
    public static Outcome<LockRule> Make(LockTemplate template, TemplateLeg leg, Guid id, DateTimeOffset now)
    {
        if (leg.Volume.IsZero) return Outcome<LockRule>.Failure("symbol", "no_leg", leg.Contract.Symbol.ToString());
        var terms = template.Terms;
        if (leg.Average is not { } average)
        {
            if (terms.TargetTicks is not null || terms.StopTicks is not null || terms.Stages.Count > 0) return Outcome<LockRule>.Failure("symbol", "average_unknown");
            average = default;
        }

        var named = Named(terms);
        var rule = new LockRule
        {
            Id = id, AccountId = leg.AccountId, Symbol = leg.Contract.Symbol, Direction = leg.Side,
            TriggerType = named.Count > 0 ? named[0] : TriggerType.Price,
            Also = [.. named.Skip(1)],
            AutoExecute = terms.AutoExecute,
            ProfitLockEnabled = terms.ProfitPerLot is not null,
            ProfitLockThreshold = terms.ProfitPerLot * leg.Volume.Value,
            ProfitLockRatio = new(terms.Ratio),
            TriggerPrice = terms.Stages.Count == 0 ? At(leg, average, terms.TargetTicks * leg.Contract.PriceTick) : null,
            StopLossPrice = At(leg, average, -terms.StopTicks * leg.Contract.PriceTick),
            Stages = [.. terms.Stages.Select(stage => new LadderStage(At(leg, average, stage.Points)!.Value.Value, new(stage.Ratio)))],
            TrailingStop = terms.TrailingTicks is not null,
            TrailingDistance = terms.TrailingTicks * leg.Contract.PriceTick,
            Note = template.Name, CreatedAt = now, UpdatedAt = now,
        };
        var problems = LockRuleValidation.Check(rule, leg.Contract, now);
        return problems.Count > 0 ? Outcome<LockRule>.Failure(problems) : Outcome<LockRule>.Success(rule);
    }

    /// <summary>The terms of a rule relative to its leg; null when the leg or its average is unknown, or when no term of it can be told so.</summary>
    public static TemplateTerms? TermsOf(LockRule rule, TemplateLeg leg)
    {
        if (leg.Volume.IsZero || leg.Average is not { } average) return null;
        var sign = leg.Side.Sign();
        int Ticks(Price price, int toward) => (int)decimal.Round((price.Value - average.Value) * sign * toward / leg.Contract.PriceTick);
        var terms = new TemplateTerms
        {
            ProfitPerLot = RuleConditions.HasProfit(rule) ? rule.ProfitLockThreshold / leg.Volume.Value : null,
            TargetTicks = RuleConditions.HasPrice(rule) && rule.TriggerPrice is { } target ? Ticks(target, 1) : null,
            StopTicks = rule.StopLossPrice is { } stop ? Ticks(stop, -1) : null,
            TrailingTicks = RuleConditions.HasTrailing(rule) && rule.TrailingMode == TrailingMode.Price ? (int)decimal.Round(rule.TrailingDistance!.Value / leg.Contract.PriceTick) : null,
            Ratio = rule.ProfitLockRatio.Value,
            Stages = Ladder.Has(rule, TriggerType.Price) ? [.. rule.Stages.Select(stage => new TemplateStage((stage.Level - average.Value) * sign, stage.Ratio.Value))] : [],
            AutoExecute = rule.AutoExecute,
        };
        return terms.IsEmpty ? null : terms;
    }

    private static List<TriggerType> Named(TemplateTerms terms)
    {
        List<TriggerType> named = [];
        if (terms.Stages.Count > 0 || terms.TargetTicks is not null) named.Add(TriggerType.Price);
        if (terms.ProfitPerLot is not null) named.Add(TriggerType.Profit);
        if (terms.TrailingTicks is not null) named.Add(TriggerType.Trailing);
        return named;
    }

    // The tick at which the distance is reached: a level in favour rounds away from the average, a stop away from it too.
    internal static Price? At(TemplateLeg leg, Price average, decimal? distance)
    {
        if (distance is not { } by) return null;
        var price = new Price(average.Value + (by * leg.Side.Sign()));
        return leg.Contract.PriceAt(leg.Side.Sign() * by > 0 ? leg.Contract.TicksAtOrAbove(price) : leg.Contract.TicksAtOrBelow(price));
    }
}

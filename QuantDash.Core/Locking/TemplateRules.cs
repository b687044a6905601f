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
            if (CountsFromAverage(terms)) return Outcome<LockRule>.Failure("symbol", "average_unknown");
            average = default;
        }

        var (tick, named) = (leg.Contract.PriceTick, Named(terms));
        var rule = terms.Options.On(new LockRule
        {
            Id = id, AccountId = leg.AccountId, Symbol = leg.Contract.Symbol, Direction = leg.Side,
            TriggerType = named.Count > 0 ? named[0] : TriggerType.Price,
            Also = [.. named.Skip(1)],
            AutoExecute = terms.AutoExecute,
            ProfitLockEnabled = named.Contains(TriggerType.Profit),
            ProfitLockThreshold = IsStepped(terms, TriggerType.Profit) ? null : terms.ProfitPerLot * leg.Volume.Value,
            DecayFloor = terms.DecayFloorPerLot * leg.Volume.Value,
            ProfitLockRatio = new(terms.Ratio),
            TriggerPrice = IsStepped(terms, TriggerType.Price) ? null : At(leg, average, terms.TargetTicks * tick),
            StopLossPrice = At(leg, average, -terms.StopTicks * tick),
            Stages = [.. terms.Stages.Select(stage => new LadderStage(terms.StagesByProfit ? stage.Points * leg.Volume.Value : At(leg, average, stage.Points)!.Value.Value, new(stage.Ratio)))],
            TrailingStop = terms.IsTrailing,
            TrailingDistance = terms.TrailingTicks * tick,
            TrailingActivation = At(leg, average, terms.TrailingActivationTicks * tick),
            CreatedAt = now, UpdatedAt = now,
        });
        rule = rule with { Note = rule.Note ?? template.Name };
        var problems = LockRuleValidation.Check(rule, leg.Contract, now);
        return problems.Count > 0 ? Outcome<LockRule>.Failure(problems) : Outcome<LockRule>.Success(rule);
    }

    /// <summary>The terms of a rule relative to its leg; null when the leg or its average is unknown, or when no term of it can be told so.</summary>
    public static TemplateTerms? TermsOf(LockRule rule, TemplateLeg leg)
    {
        if (leg.Volume.IsZero || leg.Average is not { } average) return null;
        var (sign, lots) = (leg.Side.Sign(), leg.Volume.Value);
        int Ticks(Price price, int toward) => (int)decimal.Round((price.Value - average.Value) * sign * toward / leg.Contract.PriceTick);
        var byProfit = Ladder.Has(rule, TriggerType.Profit);
        var terms = new TemplateTerms
        {
            ProfitPerLot = RuleConditions.HasProfit(rule) ? rule.ProfitLockThreshold / lots : null,
            DecayFloorPerLot = RuleConditions.HasProfit(rule) ? rule.DecayFloor / lots : null,
            TargetTicks = RuleConditions.HasPrice(rule) && rule.TriggerPrice is { } target ? Ticks(target, 1) : null,
            StopTicks = rule.StopLossPrice is { } stop ? Ticks(stop, -1) : null,
            TrailingTicks = RuleConditions.HasTrailing(rule) && rule.TrailingMode == TrailingMode.Price ? (int)decimal.Round(rule.TrailingDistance!.Value / leg.Contract.PriceTick) : null,
            TrailingActivationTicks = RuleConditions.HasTrailing(rule) && rule.TrailingActivation is { } activation ? Ticks(activation, 1) : null,
            Ratio = rule.ProfitLockRatio.Value,
            Stages = [.. rule.Stages.Select(stage => new TemplateStage(byProfit ? stage.Level / lots : (stage.Level - average.Value) * sign, stage.Ratio.Value))],
            StagesByProfit = byProfit,
            AutoExecute = rule.AutoExecute,
            Options = TemplateOptions.Of(rule) with { Note = null },
        };
        return terms.IsEmpty ? null : terms;
    }

    /// <summary>The template as a rule of no leg, for the checks that need none.</summary>
    internal static LockRule Pattern(LockTemplate template)
    {
        var (terms, named) = (template.Terms, Named(template.Terms));
        return terms.Options.On(new LockRule
        {
            Id = template.Id, AccountId = default, Symbol = default, Direction = Side.Long, CreatedAt = template.UpdatedAt, UpdatedAt = template.UpdatedAt,
            TriggerType = named.Count > 0 ? named[0] : TriggerType.Price, Also = [.. named.Skip(1)],
            ProfitLockThreshold = IsStepped(terms, TriggerType.Profit) ? null : terms.ProfitPerLot, DecayFloor = terms.DecayFloorPerLot, ProfitLockRatio = new(terms.Ratio),
            Stages = [.. terms.Stages.Select(stage => new LadderStage(stage.Points, new(stage.Ratio)))],
        }) with { IsEnabled = false };
    }

    private static bool CountsFromAverage(TemplateTerms terms) =>
        terms.TargetTicks is not null || terms.StopTicks is not null || terms.TrailingActivationTicks is not null || (terms.Stages.Count > 0 && !terms.StagesByProfit);

    private static bool IsStepped(TemplateTerms terms, TriggerType type) => terms.Stages.Count > 0 && type == (terms.StagesByProfit ? TriggerType.Profit : TriggerType.Price);

    private static List<TriggerType> Named(TemplateTerms terms)
    {
        List<TriggerType> named = [];
        if (terms.Stages.Count > 0) named.Add(terms.StagesByProfit ? TriggerType.Profit : TriggerType.Price);
        if (terms.TargetTicks is not null) named.Add(TriggerType.Price);
        if (terms.ProfitPerLot is not null) named.Add(TriggerType.Profit);
        if (terms.IsTrailing) named.Add(TriggerType.Trailing);
        if (terms.Options.TriggerTime is not null) named.Add(TriggerType.Time);
        return [.. named.Distinct()];
    }

    // The tick at which the distance is reached: a level in favour rounds away from the average, a stop away from it too.
    internal static Price? At(TemplateLeg leg, Price average, decimal? distance)
    {
        if (distance is not { } by) return null;
        var price = new Price(average.Value + (by * leg.Side.Sign()));
        return leg.Contract.PriceAt(leg.Side.Sign() * by > 0 ? leg.Contract.TicksAtOrAbove(price) : leg.Contract.TicksAtOrBelow(price));
    }
}

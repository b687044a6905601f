using QuantDash.Core.Primitives;

namespace QuantDash.Core.Locking;

/// <summary>What becomes of the levels of a rule that is copied to another leg.</summary>
public enum CopiedLevels
{
    /// <summary>Prices, distances and profits stay the numbers they are.</summary>
    AsTheyAre,

    /// <summary>Prices keep their ticks from the leg's average open price, trailing distances their ticks, profits what they are per lot.</summary>
    FromAverage,
}

/// <summary>A rule for another leg: all of its terms, and only what belongs to the leg is another.</summary>
public static class RuleCopy
{
    /// <summary>The rule as it would be saved, or everything that is wrong with it.</summary>
    /// <param name="rule">What is copied.</param>
    /// <param name="from">Its leg; null when it is not held now.</param>
    /// <param name="to">Where to.</param>
    /// <param name="levels">What its numbers become.</param>
    /// <param name="keepsGroup">Whether the copy is in the OCO group of the same name on its own leg.</param>
    /// <param name="id">Of the copy.</param>
    /// <param name="now">When it is made.</param>
    /// <param name="clock">On the account of <paramref name="to"/>.</param>
    public static Outcome<LockRule> Make(LockRule rule, TemplateLeg? from, TemplateLeg to, CopiedLevels levels, bool keepsGroup, Guid id, DateTimeOffset now, DateTimeOffset clock)
    {
        var copy = rule with
        {
            Id = id, AccountId = to.AccountId, Symbol = to.Contract.Symbol, Direction = to.Side, OcoGroup = keepsGroup ? rule.OcoGroup : null,
            LockId = null, ParentId = null, DisabledReason = null, CreatedAt = now, UpdatedAt = now,
        };
        if (levels == CopiedLevels.FromAverage)
        {
            if (from is null || from.Volume.IsZero) return Outcome<LockRule>.Failure("symbol", "no_leg", rule.Symbol.ToString());
            if ((from.Average is null || to.Average is null) && HasPrices(rule)) return Outcome<LockRule>.Failure("symbol", "average_of_leg_unknown", (from.Average is null ? from : to).Contract.Symbol.ToString());
            copy = Fitted(copy, rule, from, to);
        }

        var problems = LockRuleValidation.Check(copy, to.Contract, clock);
        return problems.Count > 0 ? Outcome<LockRule>.Failure(problems) : Outcome<LockRule>.Success(copy);
    }

    private static bool HasPrices(LockRule rule) =>
        rule.TriggerPrice is not null || rule.StopLossPrice is not null || rule.TrailingActivation is not null || rule.RelockPrice is not null || Ladder.Has(rule, TriggerType.Price);

    private static LockRule Fitted(LockRule copy, LockRule rule, TemplateLeg from, TemplateLeg to) => copy with
    {
        TriggerPrice = Level(rule.TriggerPrice, from, to),
        StopLossPrice = Level(rule.StopLossPrice, from, to),
        TrailingActivation = Level(rule.TrailingActivation, from, to),
        RelockPrice = Level(rule.RelockPrice, from, to),
        TrailingDistance = rule.TrailingMode == TrailingMode.Price ? rule.TrailingDistance / from.Contract.PriceTick * to.Contract.PriceTick : rule.TrailingDistance,
        ProfitLockThreshold = Profit(rule.ProfitLockThreshold, from, to),
        DecayFloor = Profit(rule.DecayFloor, from, to),
        Stages =
        [
            .. rule.Stages.Select(stage => stage with
            {
                Level = rule.TriggerType == TriggerType.Profit ? Profit(stage.Level, from, to)!.Value : Level(new Price(stage.Level), from, to)!.Value.Value,
            }),
        ],
    };

    private static Price? Level(Price? price, TemplateLeg from, TemplateLeg to) => price is { } level && from.Average is { } start && to.Average is { } end
        ? TemplateRules.At(to, end, (level.Value - start.Value) * from.Side.Sign() / from.Contract.PriceTick * to.Contract.PriceTick)
        : null;

    private static decimal? Profit(decimal? profit, TemplateLeg from, TemplateLeg to) => profit is { } money ? decimal.Round(money / from.Volume.Value * to.Volume.Value, 2) : null;
}

using QuantDash.Core.Primitives;

namespace QuantDash.Core.Instruments;

/// <summary>One contract over its life: which terms hold from which day, and the <see cref="Contract"/> that goes with them. Immutable.</summary>
internal sealed class ContractTimeline
{
    private readonly (ContractTerms Terms, Contract Contract)[] _stages;

    private ContractTimeline((ContractTerms Terms, Contract Contract)[] stages) => _stages = stages;

    /// <param name="delivery">Null: a product that is its own only contract.</param>
    public static ContractTimeline Create(Symbol symbol, Product product, DeliveryMonth? delivery, TradingCalendar calendar)
    {
        var last = delivery is { } month ? product.LastTradingDay?.DayIn(month, calendar) : null;
        var contracts = new Dictionary<decimal, Contract>();
        return new(Stages(product, delivery, last, calendar).Select(terms => (terms, ContractFor(terms.PriceTick))).ToArray());

        Contract ContractFor(decimal priceTick)
        {
            if (contracts.TryGetValue(priceTick, out var contract)) return contract;
            return contracts[priceTick] = new() { Symbol = symbol, Product = product, PriceTick = priceTick, LastTradingDay = last };
        }
    }

    public Contract ContractOn(DateOnly day) => StageOn(day).Contract;

    public ContractTerms TermsOn(DateOnly tradingDay) => StageOn(tradingDay).Terms;

    private (ContractTerms Terms, Contract Contract) StageOn(DateOnly day)
    {
        for (var stage = _stages.Length - 1; stage > 0; stage--)
        {
            if (_stages[stage].Terms.EffectiveFrom <= day) return _stages[stage];
        }

        return _stages[0];
    }

    private static IEnumerable<ContractTerms> Stages(Product product, DeliveryMonth? delivery, DateOnly? last, TradingCalendar calendar)
    {
        var terms = product.Terms.Where(t => t.FirstDelivery is not { } first || delivery?.CompareTo(first) >= 0).ToList();
        if (terms.Count == 0) throw new ArgumentException($"{product.Exchange}.{product.Code} has no terms for a delivery in {delivery}.", nameof(product));
        var steps = delivery is { } month ? product.DeliveryMargins.Select(step => (Day: step.StartsOn(month, calendar), step.Margin)).ToList() : [];
        var reliefEnds = last is { } final && product.SingleSideEnds is { } days ? BackFrom(final, days, calendar).AddDays(1) : (DateOnly?)null;

        // After the last trading day nothing is raised any more: a contract replayed beyond it is an ordinary one again.
        DateOnly?[] turns = [.. terms.Select(t => t.EffectiveFrom), .. steps.Select(step => step.Day), reliefEnds, last?.AddDays(1)];
        foreach (var day in turns.OfType<DateOnly>().Distinct().Order())
        {
            var inForce = terms.LastOrDefault(t => t.EffectiveFrom <= day) ?? terms[0];
            yield return (day > last ? inForce : NearDelivery(inForce, day)) with { EffectiveFrom = day };
        }

        ContractTerms NearDelivery(ContractTerms inForce, DateOnly day)
        {
            var margin = steps.Where(step => step.Day <= day).Select(step => step.Margin).DefaultIfEmpty(Ratio.Zero).Max();
            return inForce with
            {
                LongMargin = margin > inForce.LongMargin ? margin : inForce.LongMargin,
                ShortMargin = margin > inForce.ShortMargin ? margin : inForce.ShortMargin,
                SingleSide = reliefEnds <= day ? SingleSideMargin.Never : inForce.SingleSide,
            };
        }
    }

    private static DateOnly BackFrom(DateOnly day, int tradingDays, TradingCalendar calendar)
    {
        for (; tradingDays > 0; tradingDays--) day = calendar.PreviousTradingDay(day);
        return day;
    }
}

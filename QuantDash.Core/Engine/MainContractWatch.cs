using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Another contract of a product has more open interest than its main one.</summary>
/// <param name="From">The trading day on which it would become main: the one after the day that was looked at.</param>
public sealed record MainContractFound(MainContract Main, Symbol Found, decimal OpenInterest, decimal MainOpenInterest, DateOnly From);

/// <summary>Finds the next main contract as the terminals do: the one with the most open interest, never one that is delivered earlier.</summary>
public static class MainContractWatch
{
    /// <summary>Told with the one that was found, its open interest, the main one and its.</summary>
    public const string Found = "main.found";

    /// <summary>Told with the old one, the new one and the day.</summary>
    public const string Chosen = "main.chosen";

    /// <summary>Of every product with a main contract, and at most one each; a product whose next one is chosen already is left out.</summary>
    public static IReadOnlyList<MainContractFound> Look(EngineSnapshot snapshot, MainContracts mains, TradingCalendar calendar)
    {
        var news = new List<MainContractFound>();
        foreach (var product in snapshot.Quotes.GroupBy(q => (q.Contract.Product.Exchange, q.Contract.Product.Code)))
        {
            if (mains.Latest(product.Key.Exchange, product.Key.Code) is not { } main || Successor(main, product) is not { } next) continue;
            var day = next.Quote.TradingDay;
            if (main.EffectiveFrom <= day) news.Add(new(main, next.Quote.Contract.Symbol, next.Quote.Tick.OpenInterest, next.Main, calendar.NextTradingDay(day)));
        }
        return news;
    }

    private static (QuoteView Quote, decimal Main)? Successor(MainContract main, IEnumerable<QuoteView> quotes)
    {
        var all = quotes.Where(q => q.Tick.OpenInterest > 0 && !q.Contract.IsExpiredOn(q.TradingDay)).ToList();
        var current = all.Where(q => q.Contract.Symbol == main.Symbol).Select(q => q.Tick.OpenInterest).DefaultIfEmpty().Max();
        var delivery = all.Find(q => q.Contract.Symbol == main.Symbol)?.Contract.LastTradingDay ?? DateOnly.MinValue;
        var most = all.Where(q => q.Contract.Symbol != main.Symbol && q.Contract.LastTradingDay > delivery).MaxBy(q => q.Tick.OpenInterest);
        return most is not null && most.Tick.OpenInterest > current ? (most, current) : null;
    }
}

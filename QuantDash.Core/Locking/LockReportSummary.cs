using QuantDash.Core.Primitives;

namespace QuantDash.Core.Locking;

/// <summary>Many locks added up. Sums hold the locks of which the number is known, and are null when there is none or they are in more than one currency.</summary>
/// <param name="Count">All of them.</param>
/// <param name="Compared">Those of which it is known how they stand against closing.</param>
/// <param name="BeatShare">Of the compared; null when there are none.</param>
/// <param name="FeesShare">Fees, paid and to come, ÷ Σ |frozen profit|, of the locks of which both are known.</param>
/// <param name="Worst">The one that lost most against closing; null when none lost.</param>
public sealed record LockReportSummary(
    int Count, int Ended, int Compared, int Beat, int AboutEqual, int Worse, double? BeatShare, Currency? Currency, decimal? AgainstClosing, decimal? AgainstHolding,
    decimal? Fees, double? FeesShare, TimeSpan? AverageAge, LockReportItem? Worst)
{
    public static LockReportSummary Of(IReadOnlyCollection<LockReportItem> items)
    {
        var compared = items.Count(item => item.Verdict is not null);
        var beat = items.Count(item => item.Verdict == LockVerdict.Beat);
        var currencies = items.Select(item => item.Currency).Distinct().ToList();
        var single = currencies.Count == 1;
        var frozen = items.Where(item => item is { Fees: not null, FrozenProfit: not null }).ToList();
        var atStake = frozen.Sum(item => Math.Abs(item.FrozenProfit!.Value));
        return new(
            items.Count, items.Count(item => item.IsEnded), compared, beat,
            items.Count(item => item.Verdict == LockVerdict.AboutEqual), items.Count(item => item.Verdict == LockVerdict.Worse),
            compared > 0 ? (double)beat / compared : null,
            single ? currencies[0] : null,
            Sum(item => item.AgainstClosing), Sum(item => item.AgainstHolding), Sum(item => item.Fees),
            single && atStake > 0m ? (double)(frozen.Sum(item => item.Fees!.Value) / atStake) : null,
            items.Count > 0 ? TimeSpan.FromTicks((long)items.Average(item => item.Age.Ticks)) : null,
            single ? items.Where(item => item.AgainstClosing < 0m).MinBy(item => item.AgainstClosing) : null);

        decimal? Sum(Func<LockReportItem, decimal?> of)
        {
            var known = items.Select(of).OfType<decimal>().ToList();
            return single && known.Count > 0 ? known.Sum() : null;
        }
    }
}

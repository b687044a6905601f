using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Locks;

/// <summary>The lock report.</summary>
/// <param name="Summary">Of all that the filters want, not of a page.</param>
public sealed record LockReportAnswer(IReadOnlyList<LockReportLine> Items, string? NextCursor, LockReportSummaryAnswer Summary);

/// <summary>What one lock brought; null is unknown. All sums in <paramref name="Currency"/>.</summary>
/// <param name="Volume">All that was ever locked.</param>
/// <param name="FrozenProfit">The leg's profit at the instant of locking, before fees.</param>
/// <param name="FeesToCome">Closing what is still open of both legs, estimated.</param>
/// <param name="RealisedProfit">Of what its unlocks closed, before fees.</param>
/// <param name="MadeAfterwards">What both legs made together after the lock, before fees; a leg that was let go counts until its side is next closed or locked, or until now.</param>
/// <param name="LockResult">After fees, from the leg's open price on, as the two that it is compared with.</param>
/// <param name="CloseResult">Closed at the lock price instead.</param>
/// <param name="HoldResult">Held without a lock, to where the leg really ended or to now.</param>
/// <param name="AgainstClosing">lock_result less close_result: positive where locking was better.</param>
/// <param name="AgainstHolding">lock_result less hold_result.</param>
/// <param name="MarginDays">Margin of the pair × days, at the lock price; closing would have freed it.</param>
/// <param name="Verdict">Against closing; about_equal: by no more than the lock's fees.</param>
/// <param name="UnknownBecause">Why a comparison is unknown.</param>
public sealed record LockReportLine(
    Guid LockId, Guid? TriggerId, Guid AccountId, string Symbol, Side LockedSide, LockStatus Status, decimal Volume, decimal? ProtectedPrice, decimal? LockPrice, DateTimeOffset LockedAt,
    DateTimeOffset? EndedAt, long AgeSeconds, string Currency, decimal? FrozenProfit, decimal? FeesPaid, decimal? FeesToCome, decimal? RealisedProfit, decimal? MadeAfterwards, decimal? LockResult,
    decimal? CloseResult, decimal? HoldResult, decimal? AgainstClosing, decimal? AgainstHolding, decimal? MarginDays, LockVerdict? Verdict, LockReportGap? UnknownBecause)
{
    public static LockReportLine Of(LockReportItem item) => new(
        item.Lock.Id, item.Lock.TriggerId, item.Lock.AccountId.Value, item.Lock.Symbol.ToString(), item.Lock.LockedSide, item.Lock.Status, item.Volume.Value, item.Lock.ProtectedPrice?.Value,
        item.Lock.LockPrice?.Value, item.Lock.CreatedAt, item.EndedAt, (long)item.Age.TotalSeconds, item.Currency.ToString(), item.FrozenProfit, item.FeesPaid, item.FeesToCome, item.RealisedProfit,
        item.MadeAfterwards, item.LockResult, item.CloseResult, item.HoldResult, item.AgainstClosing, item.AgainstHolding, item.MarginDays, item.Verdict, item.Gap);
}

/// <param name="Compared">Locks of which it is known how they stand against closing; the shares and sums are of those of which the number is known.</param>
/// <param name="BeatShare">Of the compared, 0 to 1.</param>
/// <param name="Currency">Null when the locks are in several: then nothing is added up.</param>
/// <param name="FeesShare">Fees ÷ Σ |frozen profit|.</param>
/// <param name="WorstLockId">The one that lost most against closing.</param>
public sealed record LockReportSummaryAnswer(
    int Count, int Ended, int Compared, int Beat, int AboutEqual, int Worse, double? BeatShare, string? Currency, decimal? AgainstClosing, decimal? AgainstHolding, decimal? Fees, double? FeesShare,
    long? AverageAgeSeconds, Guid? WorstLockId, decimal? WorstAgainstClosing)
{
    public static LockReportSummaryAnswer Of(LockReportSummary sum) => new(
        sum.Count, sum.Ended, sum.Compared, sum.Beat, sum.AboutEqual, sum.Worse, sum.BeatShare, sum.Currency?.ToString(), sum.AgainstClosing, sum.AgainstHolding, sum.Fees, sum.FeesShare,
        (long?)sum.AverageAge?.TotalSeconds, sum.Worst?.Lock.Id, sum.Worst?.AgainstClosing);
}

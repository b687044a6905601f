using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Performance;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Accounts;

/// <summary>Reads what was recorded of accounts and makes days, statistics and curves of it.</summary>
public sealed class PerformanceDesk(IPerformanceHistory history, IExchangeRateBook rates, TradingCalendar calendar)
{
    /// <summary>So many spans a curve is cut into, of which each keeps four points at most.</summary>
    private const int Spans = 500;

    /// <summary>Of a longer past each span is that of this one: the curve grows longer, not coarser.</summary>
    private static readonly TimeSpan LongestPast = TimeSpan.FromDays(3 * 366);

    /// <summary>As recorded, in order.</summary>
    public Task<IReadOnlyList<DailyResult>> DaysAsync(AccountId account, CancellationToken stop = default) => history.DaysAsync(account, stop);

    public async Task<TradeStatistics> TradesAsync(AccountId account, CancellationToken stop = default) => TradeStatistics.Of(await history.ClosedTradesAsync(account, stop));

    /// <summary>The recorded days made whole: the last one as the engine sees it now, and days that were idle among them. What was recorded of later days was
    /// so before a feed became the account's clock.</summary>
    public IReadOnlyList<DailyResult> Whole(IReadOnlyList<DailyResult> recorded, Funds now)
    {
        if (now.TradingDay is { } today)
        {
            var open = recorded.Any(d => d.Settled && d.Day == today) ? null : DailyResult.Of(today, now, settled: false);
            recorded = [.. recorded.Where(d => d.Day < today || (d.Day == today && open is null)), .. open is null ? Array.Empty<DailyResult>() : [open]];
        }
        return DailyResults.WithIdleDays(recorded, calendar.IsTradingDay);
    }

    /// <summary>The curves of these accounts together, in one currency.</summary>
    public async Task<CurveRead> CurveAsync(IReadOnlyList<AccountView> accounts, Currency currency, DateTimeOffset since, DateTimeOffset now, CancellationToken stop = default)
    {
        var known = new ExchangeRates(await rates.ListAsync(stop));
        var (curves, without, factors) = (new List<IReadOnlyList<EquitySample>>(), new List<string>(), new Dictionary<AccountId, decimal>());
        EquityCurve? only = null;
        foreach (var view in accounts)
        {
            only = await ReadAsync(view.Account, since, now, stop);
            if (InCurrency(only.Points, view.Account.Currency, currency, known) is { } converted && known.Convert(new(1m, view.Account.Currency), currency, DateTimeOffset.MaxValue) is { } latest)
            {
                curves.Add(converted);
                factors.Add(view.Account.Id, latest.Amount);
            }
            else
            {
                without.Add(view.Account.Name);
            }
        }
        return new(curves.Count == 0 ? [] : EquityTotal.Of(curves), without, factors, accounts.Count == 1 ? only?.Exposure : null);
    }

    /// <param name="now">By the account's clock: what was recorded before its feed began to be one lies in the future.</param>
    private async Task<EquityCurve> ReadAsync(Account account, DateTimeOffset since, DateTimeOffset now, CancellationToken stop)
    {
        var from = since > account.CreatedAt || account.CreatedAt > now ? since : account.CreatedAt;
        var curve = new EquityCurve((now - (from > now - LongestPast ? from : now - LongestPast)) / Spans);
        await foreach (var sample in history.SamplesAsync(account.Id, since, stop))
        {
            if (sample.At > now) break;
            curve.Add(sample);
        }
        return curve;
    }

    /// <summary>Each point at the rate of its time; null when one of them has none.</summary>
    private static IReadOnlyList<EquitySample>? InCurrency(IReadOnlyList<EquitySample> points, Currency from, Currency to, ExchangeRates rates)
    {
        if (from == to) return points;
        var converted = new List<EquitySample>(points.Count);
        foreach (var point in points)
        {
            if (rates.Convert(new(1m, from), to, point.At) is not { Amount: var rate }) return null;
            converted.Add(new(point.At, point.Equity * rate, point.Deposits * rate, point.Margin * rate));
        }
        return converted;
    }
}

/// <summary>A curve as it was read.</summary>
/// <param name="Without">Names of accounts that are left out, for want of an exchange rate.</param>
/// <param name="Factors">The latest rate of each account on it.</param>
/// <param name="Exposure">Share of the time with margin in use; null for several accounts.</param>
public sealed record CurveRead(IReadOnlyList<EquitySample> Points, IReadOnlyList<string> Without, IReadOnlyDictionary<AccountId, decimal> Factors, double? Exposure)
{
    public static CurveRead Nothing { get; } = new([], [], new Dictionary<AccountId, decimal>(), null);

    /// <summary>Its point of now; null while the equity of one of its accounts is unknown.</summary>
    /// <param name="now">By the clock of the accounts.</param>
    public EquitySample? PointOf(EngineSnapshot snapshot, DateTimeOffset now)
    {
        var sum = new EquitySample(now, 0, 0, 0);
        foreach (var (id, factor) in Factors)
        {
            if (snapshot.Accounts.FirstOrDefault(a => a.Account.Id == id)?.Funds is not { Equity: { } equity } funds) return null;
            sum = new(sum.At, sum.Equity + (equity * factor), sum.Deposits + (funds.Deposits * factor), sum.Margin + (funds.Margin * factor));
        }
        return Factors.Count == 0 ? null : sum;
    }
}

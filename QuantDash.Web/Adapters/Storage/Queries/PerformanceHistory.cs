using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using QuantDash.Core.Performance;
using QuantDash.Core.Primitives;
using QuantDash.Web.Adapters.Storage.Rows;

namespace QuantDash.Web.Adapters.Storage.Queries;

internal sealed class PerformanceHistory(IDbContextFactory<QuantDashContext> contexts) : IPerformanceHistory
{
    public async IAsyncEnumerable<EquitySample> SamplesAsync(AccountId account, DateTimeOffset since, [EnumeratorCancellation] CancellationToken stop = default)
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        var id = account.Value;
        var rows = context.Set<EquityPointRow>().AsNoTracking()
            .Where(p => p.AccountId == id && p.At >= since && p.Equity != null)
            .OrderBy(p => p.At)
            .Select(p => new { p.At, p.Equity, p.Deposits, p.Margin });
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(stop)) yield return new(row.At, row.Equity!.Value, row.Deposits, row.Margin);
    }

    public async Task<IReadOnlyList<DailyResult>> DaysAsync(AccountId account, CancellationToken stop = default)
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        var id = account.Value;
        var settled = await context.Set<SettlementRow>().AsNoTracking().Where(s => s.AccountId == id).OrderBy(s => s.TradingDay).ToListAsync(stop);
        var latest = await context.Set<EquityPointRow>().AsNoTracking().Where(p => p.AccountId == id && p.Equity != null).OrderByDescending(p => p.At).FirstOrDefaultAsync(stop);
        var days = settled.Select(s => DailyResult.Of(s.TradingDay, s.ToSettlement().Funds, settled: true)).OfType<DailyResult>().ToList();
        if (latest?.TradingDay is { } today && (settled.Count == 0 || today > settled[^1].TradingDay) && DailyResult.Of(today, latest.ToPoint().Funds, settled: false) is { } open) days.Add(open);
        return days;
    }

    public async Task<IReadOnlyList<ClosedTrade>> ClosedTradesAsync(AccountId account, CancellationToken stop = default)
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        var id = account.Value;
        var rows = await context.Set<TradeRow>().AsNoTracking()
            .Where(t => t.AccountId == id && t.RealisedPnl != null)
            .OrderBy(t => t.TradeTime)
            .Select(t => new { t.TradeTime, t.RealisedPnl, t.Commission })
            .ToListAsync(stop);
        return [.. rows.Select(t => new ClosedTrade(t.TradeTime, t.RealisedPnl!.Value, t.Commission))];
    }
}

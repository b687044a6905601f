using Microsoft.EntityFrameworkCore;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Web.Adapters.Storage.Rows;

namespace QuantDash.Web.Adapters.Storage.Queries;

internal sealed class FundsHistory(IDbContextFactory<QuantDashContext> contexts) : IFundsHistory
{
    private static readonly NewestFirst<EquityPointRow> ByTime = new(
        nameof(EquityPointRow.At), nameof(EquityPointRow.AccountId), r => new(r.At, r.AccountId.ToString()), NewestFirst<EquityPointRow>.GuidKey);

    private static readonly NewestFirst<CashFlowRow> ByOccurred = new(
        nameof(CashFlowRow.OccurredAt), nameof(CashFlowRow.Id), r => new(r.OccurredAt, r.Id.ToString()), NewestFirst<CashFlowRow>.GuidKey);

    private static readonly NewestFirst<SettlementRow> BySettled = new(
        nameof(SettlementRow.SettledAt), nameof(SettlementRow.AccountId), r => new(r.SettledAt, r.AccountId.ToString()), NewestFirst<SettlementRow>.GuidKey);

    public async Task<Page<EquityPoint>> EquityAsync(FundsFilter filter, PageRequest page, CancellationToken stop = default)
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        var account = filter.AccountId?.Value;
        return await ByTime.PageAsync(
            context,
            rows => rows
                .If(account is not null, r => r.AccountId == account)
                .If(filter.Since is not null, r => r.At >= filter.Since)
                .If(filter.Before is not null, r => r.At < filter.Before),
            r => r.ToPoint(),
            page,
            stop);
    }

    public async Task<Page<CashFlow>> CashFlowAsync(FundsFilter filter, PageRequest page, CancellationToken stop = default)
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        var account = filter.AccountId?.Value;
        return await ByOccurred.PageAsync(
            context,
            rows => rows
                .If(account is not null, r => r.AccountId == account)
                .If(filter.TradingDay is not null, r => r.TradingDay == filter.TradingDay)
                .If(filter.Since is not null, r => r.OccurredAt >= filter.Since)
                .If(filter.Before is not null, r => r.OccurredAt < filter.Before),
            r => r.ToCashFlow(),
            page,
            stop);
    }

    public async Task<Page<AccountSettlement>> SettlementsAsync(FundsFilter filter, PageRequest page, CancellationToken stop = default)
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        var account = filter.AccountId?.Value;
        return await BySettled.PageAsync(
            context,
            rows => rows
                .If(account is not null, r => r.AccountId == account)
                .If(filter.TradingDay is not null, r => r.TradingDay == filter.TradingDay)
                .If(filter.Since is not null, r => r.SettledAt >= filter.Since)
                .If(filter.Before is not null, r => r.SettledAt < filter.Before),
            r => r.ToSettlement(),
            page,
            stop);
    }
}

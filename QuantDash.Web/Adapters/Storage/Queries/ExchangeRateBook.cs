using Microsoft.EntityFrameworkCore;
using QuantDash.Core.Performance;
using QuantDash.Core.Primitives;
using QuantDash.Web.Adapters.Storage.Rows;

namespace QuantDash.Web.Adapters.Storage.Queries;

internal sealed class ExchangeRateBook(IDbContextFactory<QuantDashContext> contexts) : IExchangeRateBook
{
    public async Task<IReadOnlyList<ExchangeRate>> ListAsync(CancellationToken stop = default)
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        var rows = await context.Set<ExchangeRateRow>().AsNoTracking().OrderByDescending(r => r.AsOf).ToListAsync(stop);
        return [.. rows.Select(r => r.ToRate())];
    }

    public async Task SaveAsync(ExchangeRate rate, CancellationToken stop = default)
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        if (await FindAsync(context, rate.From, rate.To, rate.AsOf, stop) is { } row) row.Rate = rate.Rate;
        else context.Add(new ExchangeRateRow { FromCurrency = rate.From.Code, ToCurrency = rate.To.Code, AsOf = rate.AsOf, Rate = rate.Rate });
        await context.SaveChangesAsync(stop);
    }

    public async Task<bool> DeleteAsync(Currency from, Currency to, DateTimeOffset asOf, CancellationToken stop = default)
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        if (await FindAsync(context, from, to, asOf, stop) is not { } row) return false;
        context.Remove(row);
        await context.SaveChangesAsync(stop);
        return true;
    }

    private static Task<ExchangeRateRow?> FindAsync(QuantDashContext context, Currency from, Currency to, DateTimeOffset asOf, CancellationToken stop) =>
        context.Set<ExchangeRateRow>().FirstOrDefaultAsync(r => r.FromCurrency == from.Code && r.ToCurrency == to.Code && r.AsOf == asOf, stop);
}

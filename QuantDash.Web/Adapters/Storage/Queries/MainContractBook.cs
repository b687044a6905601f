using Microsoft.EntityFrameworkCore;
using QuantDash.Core.Instruments;
using QuantDash.Web.Adapters.Storage.Rows;

namespace QuantDash.Web.Adapters.Storage.Queries;

internal sealed class MainContractBook(IDbContextFactory<QuantDashContext> contexts) : IMainContracts
{
    public async Task<IReadOnlyList<MainContract>> ListAsync(CancellationToken stop = default)
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        var rows = await context.Set<MainContractRow>().AsNoTracking().ToListAsync(stop);
        return [.. rows.Select(r => r.ToMain())];
    }

    public async Task SaveAsync(MainContract main, CancellationToken stop = default)
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        var rows = context.Set<MainContractRow>();
        var row = await rows.FirstOrDefaultAsync(r => r.Exchange == main.Exchange && r.Product == main.Product && r.EffectiveFrom == main.EffectiveFrom, stop);
        if (row is null) rows.Add(row = new() { Exchange = main.Exchange, Product = main.Product, EffectiveFrom = main.EffectiveFrom, Symbol = "", ChosenBy = "" });
        (row.Symbol, row.Follows, row.ChosenBy, row.ChosenAt) = (main.Symbol.ToString(), main.Follows, main.ChosenBy, main.ChosenAt);
        await context.SaveChangesAsync(stop);
    }
}

using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using QuantDash.Core.Orders;
using QuantDash.Web.Adapters.Storage.Journal;
using QuantDash.Web.Adapters.Storage.Rows;

namespace QuantDash.Web.Adapters.Storage.Bridge;

/// <summary>The bridge's tables. Reads over a connection of its own; what it writes waits for its turn with the journal.</summary>
internal sealed class BridgeTableStore(JournalWriter journal, IDbContextFactory<QuantDashContext> contexts) : IBridgeTables
{
    private const int Most = 500;

    public async Task<BridgeTableNews> ReadAsync(CancellationToken stop)
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        var asks = await context.Set<BridgeLinkRow>().AsNoTracking().Select(l => new { l.AccountId, l.Asks, l.Program }).ToListAsync(stop);
        return new([.. asks.Select(ask => new BridgeTableAsk(new(ask.AccountId), ask.Asks, ask.Program))], await ReportsAsync(context, stop));
    }

    public Task SaveLinkAsync(BridgeTableLink link, DateTimeOffset now) => journal.WriteAsync(context =>
    {
        var account = link.AccountId.Value;
        var changed = context.Set<BridgeLinkRow>().Where(l => l.AccountId == account).ExecuteUpdate(set => set
            .SetProperty(l => l.Epoch, link.Epoch)
            .SetProperty(l => l.SnapshotWanted, link.SnapshotWanted)
            .SetProperty(l => l.LinkUp, link.LinkUp)
            .SetProperty(l => l.Contested, link.IsContested)
            .SetProperty(l => l.AsksSeen, link.AsksSeen)
            .SetProperty(l => l.UpdatedAt, now));
        if (changed == 0)
        {
            context.Add(new BridgeLinkRow
            {
                AccountId = account, Epoch = link.Epoch, SnapshotWanted = link.SnapshotWanted, LinkUp = link.LinkUp, Contested = link.IsContested, UpdatedAt = now,
            });
            context.SaveChanges();
        }
        return context.Set<OrderCommandRow>().Where(c => c.AccountId == account && c.EndedAt == null && c.Epoch != link.Epoch)
            .ExecuteUpdate(set => set.SetProperty(c => c.EndedAt, now));
    });

    public Task WriteAsync(string epoch, string program, IReadOnlyList<BridgeCommand> commands, DateTimeOffset now) => journal.WriteAsync(context =>
    {
        foreach (var row in commands.Select(command => OrderCommandRow.From(command, epoch, program, now)))
        {
            if (context.Set<OrderCommandRow>().Find(row.ClientOrderId) is { } known) context.Entry(known).CurrentValues.SetValues(row);
            else context.Add(row);
        }
        return context.SaveChanges();
    });

    public Task EndAsync(IReadOnlyList<ClientOrderId> orders, DateTimeOffset now)
    {
        var ids = orders.Select(id => id.Value).ToList();
        return journal.WriteAsync(context => context.Set<OrderCommandRow>().Where(c => ids.Contains(c.ClientOrderId) && c.EndedAt == null)
            .ExecuteUpdate(set => set.SetProperty(c => c.EndedAt, now)));
    }

    public Task MarkAsync(IReadOnlyList<BridgeRowTaken> taken, DateTimeOffset now) => journal.WriteAsync(context =>
    {
        foreach (var row in taken)
        {
            context.Set<OrderReportRow>().Where(r => r.Id == row.Id)
                .ExecuteUpdate(set => set.SetProperty(r => r.TakenAt, now).SetProperty(r => r.Answer, row.Answer).SetProperty(r => r.Problem, row.Problem));
        }
        return taken.Count;
    });

    private static IQueryable<OrderReportRow> Untaken(QuantDashContext context) =>
        context.Set<OrderReportRow>().AsNoTracking().Where(r => r.TakenAt == null).OrderBy(r => r.Id).Take(Most);

    private static async Task<IReadOnlyList<BridgeTableReport>> ReportsAsync(QuantDashContext context, CancellationToken stop)
    {
        try
        {
            return [.. (await Untaken(context).ToListAsync(stop)).Select(Read)];
        }
        catch (Exception error) when (IsUnreadable(error))
        {
            var read = new List<BridgeTableReport>();
            foreach (var id in await Untaken(context).Select(r => r.Id).ToListAsync(stop)) read.Add(await OneAsync(context, id, stop));
            return read;
        }
    }

    /// <summary>A row that holds what its types let through stops none of the others.</summary>
    private static async Task<BridgeTableReport> OneAsync(QuantDashContext context, long id, CancellationToken stop)
    {
        try
        {
            return Read(await context.Set<OrderReportRow>().AsNoTracking().SingleAsync(r => r.Id == id, stop));
        }
        catch (Exception error) when (IsUnreadable(error))
        {
            return new() { Id = id, AccountId = default, Problem = error.Message };
        }
    }

    private static BridgeTableReport Read(OrderReportRow row)
    {
        try
        {
            return row.ToReport();
        }
        catch (Exception error) when (error is ArgumentException or FormatException)
        {
            return new() { Id = row.Id, AccountId = new(row.AccountId), Problem = error.Message };
        }
    }

    private static bool IsUnreadable(Exception error)
        => error is FormatException or ArgumentException or InvalidCastException or OverflowException or InvalidOperationException { InnerException: not DbException };
}

using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace QuantDash.Web.Adapters.Storage;

/// <summary>Whether the database answers, for a process that writes no journal which would tell.</summary>
internal sealed class DatabaseProbe(StorageTarget target)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Null: it answers.</summary>
    public async Task<string?> TroubleAsync(CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        try
        {
            await using var context = target.CreateContext();
            await context.Database.ExecuteSqlAsync($"SELECT 1", patience.Token);
            return null;
        }
        catch (Exception error) when (error is DbException or InvalidOperationException || (error is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return error.Message;
        }
    }
}

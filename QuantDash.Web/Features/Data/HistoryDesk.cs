using System.Globalization;
using QuantDash.Core.Audit;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Markets.History.Import;
using QuantDash.Core.Primitives;
using QuantDash.Web.Security;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Data;

/// <summary>A series that was brought up to its ticks.</summary>
public sealed record BarsSynced(BarKey Key, BarMergeResult Stored);

/// <summary>Stored bars as people and programs fill them: one import at a time, off the thread of whoever asked, and written down.</summary>
public sealed class HistoryDesk(HistoryImporter importer, HistorySync sync, IBarArchive archive, ContractCatalog catalog, IAuditLog audit, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Everything is stored, or nothing.</summary>
    public async Task<HistoryImported> ImportAsync(HistoryImportRequest request, string fileName, CancellationToken stop)
    {
        Acting.Demand(Scopes.Trade);
        await _turn.WaitAsync(stop);
        try
        {
            var done = await Task.Run(() => importer.Run(Named(request, fileName)), CancellationToken.None);
            if (done is { Stored: { } stored, Read.Bars: { } bars }) await NoteAsync("bars.imported", bars.Key, stored, fileName);
            return done;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Bars out of the ticks recorded under a source, from where the stored series ends.</summary>
    public async Task<Outcome<BarsSynced>> SyncAsync(SourceName source, string symbol, Timeframe timeframe, CancellationToken stop)
    {
        Acting.Demand(Scopes.Trade);
        var contract = catalog.Resolve(symbol, Today);
        if (!contract.Succeeded) return Outcome<BarsSynced>.Failure(contract.Problems);
        var key = new BarKey(source, contract.Value.Symbol, timeframe);
        await _turn.WaitAsync(stop);
        try
        {
            var done = await Task.Run(() => sync.RunAsync(key, contract.Value, null, DateOnly.MaxValue, stop), stop);
            if (!done.Succeeded) return Outcome<BarsSynced>.Failure(done.Problems);
            await NoteAsync("bars.synced", key, done.Value, null);
            return Outcome<BarsSynced>.Success(new(key, done.Value));
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>False when there is no such series.</summary>
    public async Task<bool> RemoveAsync(BarKey key)
    {
        Acting.Demand(Scopes.Trade);
        var removed = archive.Remove(key);
        if (removed) await NoteAsync("bars.removed", key, null, null);
        return removed;
    }

    private DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    /// <summary>LEAN writes the day of a file of minutes into its name, which an upload does not keep.</summary>
    private static HistoryImportRequest Named(HistoryImportRequest request, string fileName) =>
        request.Format is BarFileFormat.Lean { Day: null } lean ? request with { Format = lean with { Day = LeanPath.Read(fileName).Day } } : request;

    private Task NoteAsync(string action, BarKey key, BarMergeResult? stored, string? fileName) => audit.RecordAsync(new()
    {
        At = clock.GetUtcNow(),
        Actor = Acting.Now,
        Action = action,
        Symbol = key.Symbol,
        Subject = $"{key.Source} {key.Timeframe}",
        After = stored is null ? null : string.Create(CultureInfo.InvariantCulture, $$"""{"added":{{stored.Added}},"replaced":{{stored.Replaced}},"unchanged":{{stored.Unchanged}},"removed":{{stored.Removed}}}"""),
        Reason = fileName,
    });
}

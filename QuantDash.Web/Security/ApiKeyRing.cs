using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using QuantDash.Web.Adapters.Storage;
using QuantDash.Web.Configuration;

namespace QuantDash.Web.Security;

/// <summary>Who holds a key and what it may do.</summary>
/// <param name="Row">Its row; null for the key of the configuration.</param>
public sealed record KeyHolder(string Id, string Name, IReadOnlyList<string> Scopes, Guid? Row = null);

/// <summary>All valid keys by hash, in memory: a request costs one hash and one look-up. Read again from the database at most every
/// <see cref="Freshness"/>, so a key revoked there ends soon; a database that does not answer leaves the keys as they were.</summary>
public sealed class ApiKeyRing(
    IDbContextFactory<QuantDashContext> storage, IOptions<QuantDashOptions> options, TimeProvider clock, ILogger<ApiKeyRing> log) : IDisposable
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim _loading = new(1, 1);
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _used = new();
    private Ring? _ring;

    public async ValueTask<KeyHolder?> FindAsync(string key, CancellationToken stop)
    {
        var ring = Volatile.Read(ref _ring);
        if (ring is null || clock.GetUtcNow() - ring.LoadedAt > Freshness) ring = await LoadAsync(ring, stop);
        var holder = ring.Holders.GetValueOrDefault(ApiKeyToken.HashOf(key));
        if (holder?.Row is { } row) _used[row] = clock.GetUtcNow();
        return holder;
    }

    /// <summary>Writes down when each was last used.</summary>
    public async Task KeepAsync(CancellationToken stop)
    {
        var used = _used.ToArray();
        if (used.Length == 0) return;
        var ids = used.Select(u => u.Key).ToList();
        await using var db = await storage.CreateDbContextAsync(stop);
        foreach (var row in await db.Set<ApiKey>().Where(k => ids.Contains(k.Id)).ToListAsync(stop)) row.LastUsedAt = _used.GetValueOrDefault(row.Id, row.CreatedAt);
        await db.SaveChangesAsync(stop);
        foreach (var one in used) _used.TryRemove(one);
    }

    public async Task<IReadOnlyList<ApiKey>> ListAsync(CancellationToken stop)
    {
        await using var db = await storage.CreateDbContextAsync(stop);
        var keys = await db.Set<ApiKey>().AsNoTracking().ToListAsync(stop);
        foreach (var key in keys) key.LastUsedAt = _used.TryGetValue(key.Id, out var at) ? at : key.LastUsedAt;
        return [.. keys.OrderByDescending(k => k.CreatedAt)];
    }

    /// <summary>Returns the row and the key itself, which nobody will see again.</summary>
    public async Task<(ApiKey Row, string Key)> CreateAsync(string name, IReadOnlyList<string> scopes, string createdBy, CancellationToken stop)
    {
        var key = ApiKeyToken.New();
        var row = new ApiKey
        {
            Id = Guid.NewGuid(),
            Name = name,
            Prefix = ApiKeyToken.PrefixOf(key),
            Hash = ApiKeyToken.HashOf(key),
            Scopes = string.Join(' ', scopes),
            CreatedAt = clock.GetUtcNow(),
            CreatedBy = createdBy,
        };
        await using var db = await storage.CreateDbContextAsync(stop);
        db.Add(row);
        await db.SaveChangesAsync(stop);
        Volatile.Write(ref _ring, null);
        return (row, key);
    }

    public async Task<ApiKey?> FindRowAsync(Guid id, CancellationToken stop)
    {
        await using var db = await storage.CreateDbContextAsync(stop);
        return await db.Set<ApiKey>().AsNoTracking().SingleOrDefaultAsync(k => k.Id == id, stop);
    }

    /// <summary>False when there is no such key; revoking twice keeps the first time.</summary>
    public async Task<bool> RevokeAsync(Guid id, CancellationToken stop)
    {
        await using var db = await storage.CreateDbContextAsync(stop);
        if (await db.Set<ApiKey>().FindAsync([id], stop) is not { } row) return false;
        row.RevokedAt ??= clock.GetUtcNow();
        await db.SaveChangesAsync(stop);
        Volatile.Write(ref _ring, null);
        return true;
    }

    public void Dispose() => _loading.Dispose();

    private async Task<Ring> LoadAsync(Ring? before, CancellationToken stop)
    {
        await _loading.WaitAsync(stop);
        try
        {
            var current = Volatile.Read(ref _ring);
            if (current is not null && !ReferenceEquals(current, before)) return current;
            var loaded = await ReadAsync(stop);
            Volatile.Write(ref _ring, loaded);
            return loaded;
        }
        catch (DbException error) when (before is not null)
        {
            log.LogWarning(error, "API keys could not be read again; those known stay valid");
            return before;
        }
        finally
        {
            _loading.Release();
        }
    }

    private async Task<Ring> ReadAsync(CancellationToken stop)
    {
        await using var db = await storage.CreateDbContextAsync(stop);
        var rows = await db.Set<ApiKey>().AsNoTracking().Where(k => k.RevokedAt == null).ToListAsync(stop);
        var holders = rows.ToDictionary(
            k => k.Hash,
            k => new KeyHolder(k.Id.ToString("D"), k.Name, [.. k.Scopes.Split(' ').SelectMany(Scopes.Implied).Distinct()], k.Id),
            StringComparer.Ordinal);
        if (options.Value.Auth.BootstrapApiKey is { Length: > 0 } bootstrap)
            holders[ApiKeyToken.HashOf(bootstrap)] = new("bootstrap", "bootstrap", Scopes.All);
        return new(holders.ToFrozenDictionary(StringComparer.Ordinal), clock.GetUtcNow());
    }

    private sealed record Ring(FrozenDictionary<string, KeyHolder> Holders, DateTimeOffset LoadedAt);
}

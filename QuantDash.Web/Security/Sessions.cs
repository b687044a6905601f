using System.Collections.Concurrent;
using System.Data.Common;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using QuantDash.Web.Adapters.Storage;

namespace QuantDash.Web.Security;

/// <summary>Who is signed in where. A session is good while its row goes on, its user is not locked and the stamp in its cookie is the user's stamp now: what ends it ends
/// open pages too, within <see cref="Freshness"/> and the pace of <see cref="LiveSession"/>. A database that does not answer leaves the sessions as they were: nobody can end one
/// meanwhile, and a trader must not be put out while there is something to stop.</summary>
public sealed class Sessions(IDbContextFactory<QuantDashContext> storage, TimeProvider clock)
{
    public const string Claim = "session";
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(10);
    private const string StampClaim = "AspNet.Identity.SecurityStamp";
    private readonly ConcurrentDictionary<Guid, Known> _known = new();
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _seen = new();

    public static Guid? Of(ClaimsPrincipal principal) => Guid.TryParse(principal.FindFirstValue(Claim), out var id) ? id : null;

    public static Guid? UserOf(ClaimsPrincipal principal) => Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;

    public async Task<Guid> StartAsync(Guid user, string address, string device, CancellationToken stop = default)
    {
        var now = clock.GetUtcNow();
        var session = new UserSession { Id = Guid.NewGuid(), UserId = user, CreatedAt = now, LastSeenAt = now, ConfirmedAt = now, Address = address, Device = device };
        await using var db = await storage.CreateDbContextAsync(stop);
        db.Add(session);
        await db.SaveChangesAsync(stop);
        return session.Id;
    }

    public async ValueTask<bool> IsGoodAsync(ClaimsPrincipal principal, CancellationToken stop)
    {
        if (Of(principal) is not { } id) return false;
        var now = clock.GetUtcNow();
        if (!_known.TryGetValue(id, out var known)) known = await ReadAsync(id, stop);
        else if (now - known.At > Freshness) known = await ReadAgainAsync(id, known, stop);
        if (known.Stamp is null || known.Stamp != principal.FindFirstValue(StampClaim) || now - known.Since >= SessionCookie.AbsoluteLimit) return false;
        _seen[id] = now;
        return true;
    }

    /// <summary>Sessions that go on, the latest first.</summary>
    public async Task<IReadOnlyList<UserSession>> ListAsync(Guid? user, CancellationToken stop = default)
    {
        var now = clock.GetUtcNow();
        await using var db = await storage.CreateDbContextAsync(stop);
        var open = await db.Set<UserSession>().AsNoTracking().Where(s => s.EndedAt == null && (user == null || s.UserId == user)).ToListAsync(stop);
        foreach (var session in open) session.LastSeenAt = _seen.GetValueOrDefault(session.Id, session.LastSeenAt);
        return [.. open.Where(s => now - s.LastSeenAt < SessionCookie.IdleLimit && now - s.CreatedAt < SessionCookie.AbsoluteLimit).OrderByDescending(s => s.LastSeenAt)];
    }

    public async Task<UserSession?> FindAsync(Guid id, CancellationToken stop = default)
    {
        await using var db = await storage.CreateDbContextAsync(stop);
        return await db.Set<UserSession>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == id && s.EndedAt == null, stop);
    }

    /// <summary>False: there is none, or it has ended.</summary>
    public async Task<bool> EndAsync(Guid id, CancellationToken stop = default) => await ChangeAsync(s => s.Id == id, s => s.EndedAt = clock.GetUtcNow(), stop) > 0;

    public Task<int> EndAllAsync(Guid user, CancellationToken stop = default) => ChangeAsync(s => s.UserId == user, s => s.EndedAt = clock.GetUtcNow(), stop);

    /// <summary>Its holder has just shown who it is.</summary>
    public Task ConfirmAsync(Guid id, CancellationToken stop = default) => ChangeAsync(s => s.Id == id, s => s.ConfirmedAt = clock.GetUtcNow(), stop);

    /// <summary>Writes down when each was last seen, and forgets what ended long ago.</summary>
    public async Task KeepAsync(CancellationToken stop)
    {
        var old = clock.GetUtcNow() - SessionCookie.AbsoluteLimit - SessionCookie.AbsoluteLimit;
        var seen = _seen.ToArray();
        await using var db = await storage.CreateDbContextAsync(stop);
        var ids = seen.Select(s => s.Key).ToList();
        foreach (var row in await db.Set<UserSession>().Where(s => ids.Contains(s.Id)).ToListAsync(stop)) row.LastSeenAt = _seen.GetValueOrDefault(row.Id, row.LastSeenAt);
        db.RemoveRange(await db.Set<UserSession>().Where(s => s.CreatedAt < old).ToListAsync(stop));
        await db.SaveChangesAsync(stop);
        foreach (var one in seen) _seen.TryRemove(one); // Only where it was not seen again meanwhile.
        foreach (var (id, known) in _known)
            if (clock.GetUtcNow() - known.At > SessionCookie.IdleLimit) _known.TryRemove(id, out _);
    }

    private async Task<int> ChangeAsync(System.Linq.Expressions.Expression<Func<UserSession, bool>> which, Action<UserSession> change, CancellationToken stop)
    {
        await using var db = await storage.CreateDbContextAsync(stop);
        var rows = await db.Set<UserSession>().Where(which).Where(s => s.EndedAt == null).ToListAsync(stop);
        rows.ForEach(change);
        await db.SaveChangesAsync(stop);
        foreach (var row in rows) _known.TryRemove(row.Id, out _);
        return rows.Count;
    }

    private async Task<Known> ReadAgainAsync(Guid id, Known before, CancellationToken stop)
    {
        try
        {
            return await ReadAsync(id, stop);
        }
        catch (Exception error) when (error is DbException || error.InnerException is DbException)
        {
            return before;
        }
    }

    private async Task<Known> ReadAsync(Guid id, CancellationToken stop)
    {
        await using var db = await storage.CreateDbContextAsync(stop);
        var found = await (
            from session in db.Set<UserSession>()
            join user in db.Set<AppUser>() on session.UserId equals user.Id
            where session.Id == id && session.EndedAt == null && user.LockedAt == null
            select new { user.SecurityStamp, session.CreatedAt }).SingleOrDefaultAsync(stop);
        return _known[id] = new(found?.SecurityStamp, found?.CreatedAt ?? default, clock.GetUtcNow());
    }

    private readonly record struct Known(string? Stamp, DateTimeOffset Since, DateTimeOffset At);
}

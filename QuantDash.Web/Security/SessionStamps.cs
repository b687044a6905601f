using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using QuantDash.Web.Adapters.Storage;

namespace QuantDash.Web.Security;

/// <summary>Whether a session is still good: the security stamp in its cookie must be the user's stamp now. A new password or signing out changes
/// the stamp and so ends every session of that user, open pages included, within <see cref="Freshness"/>.</summary>
public sealed class SessionStamps(IDbContextFactory<QuantDashContext> storage, TimeProvider clock)
{
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(20);
    private const string StampClaim = "AspNet.Identity.SecurityStamp";
    private readonly ConcurrentDictionary<Guid, Known> _known = new();

    public async ValueTask<bool> IsGoodAsync(ClaimsPrincipal principal, CancellationToken stop)
    {
        if (!Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var user)) return false;
        if (!_known.TryGetValue(user, out var known) || clock.GetUtcNow() - known.At > Freshness) known = await ReadAsync(user, stop);
        return known.Stamp is not null && known.Stamp == principal.FindFirstValue(StampClaim);
    }

    public void Forget(Guid user) => _known.TryRemove(user, out _);

    private async Task<Known> ReadAsync(Guid id, CancellationToken stop)
    {
        await using var db = await storage.CreateDbContextAsync(stop);
        var stamp = await db.Set<AppUser>().Where(u => u.Id == id).Select(u => u.SecurityStamp).SingleOrDefaultAsync(stop);
        return _known[id] = new(stamp, clock.GetUtcNow());
    }

    private readonly record struct Known(string? Stamp, DateTimeOffset At);
}

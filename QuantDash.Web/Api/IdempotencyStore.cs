using Microsoft.EntityFrameworkCore;
using QuantDash.Web.Adapters.Storage;
using QuantDash.Web.Security;

namespace QuantDash.Web.Api;

/// <summary>Answers to repeated writes, in the database: a restart does not forget them.</summary>
public sealed class IdempotencyStore(IDbContextFactory<QuantDashContext> storage, TimeProvider clock)
{
    private const int MostForgottenAtOnce = 500;
    private static readonly TimeSpan Life = TimeSpan.FromHours(24);

    public async Task<IdempotentAnswer?> FindAsync(string caller, string key, CancellationToken stop)
    {
        await using var db = await storage.CreateDbContextAsync(stop);
        var answer = await db.Set<IdempotentAnswer>().AsNoTracking().SingleOrDefaultAsync(a => a.Caller == caller && a.Key == key, stop);
        return answer?.CreatedAt > clock.GetUtcNow() - Life ? answer : null;
    }

    /// <summary>Keeps an answer and lets go of what is older than a day.</summary>
    public async Task SaveAsync(IdempotentAnswer answer, CancellationToken stop)
    {
        await using var db = await storage.CreateDbContextAsync(stop);
        var tooOld = clock.GetUtcNow() - Life;
        var forgotten = await db.Set<IdempotentAnswer>().Where(a => a.CreatedAt <= tooOld).Take(MostForgottenAtOnce).ToListAsync(stop);
        db.RemoveRange(forgotten);
        await db.SaveChangesAsync(stop);
        db.Add(answer);
        await db.SaveChangesAsync(stop);
    }
}

using QuantDash.Core.Audit;
using QuantDash.Core.Engine;
using QuantDash.Web.Api;
using QuantDash.Web.Security;
using QuantDash.Web.Jobs;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.SystemStatus;

/// <summary>Backups of the whole database: made on demand, and listed.</summary>
public static class BackupEndpoints
{
    public static IServiceCollection AddSystemJobs(this IServiceCollection services) =>
        services.AddJob<BackupJob>().AddSingleton<IDiskSpace, DiskSpace>().AddJob<DiskWatchJob>();

    public static void MapBackups(this IEndpointRouteBuilder app)
    {
        var backups = app.MapGroup("/api/backups").RequireAuthorization(Scopes.Admin).WithTags("System");
        backups.MapGet("", (IBackups all) => Answers.Whole(all.All().Select(BackupAnswer.Of))).WithSummary("Backups that were made and read back, newest first").Produces<ListAnswer<BackupAnswer>>();
        backups.MapPost("", MakeAsync).WithSummary("Makes a backup while trading goes on; answers when it was read back").Produces<BackupAnswer>(StatusCodes.Status201Created);
    }

    private static async Task<IResult> MakeAsync(IBackups backups, IAuditLog audit, TimeProvider clock, CancellationToken stop)
    {
        var made = await backups.MakeAsync("by_hand", stop);
        await audit.RecordAsync(new() { At = clock.GetUtcNow(), Actor = Acting.Now, Action = "backup.made", Subject = made.Name }, stop);
        return Results.Created("/api/backups", BackupAnswer.Of(made));
    }
}

/// <param name="Name">Its folder in <c>backups/</c> of the data directory.</param>
/// <param name="AuditHead">Number of the last audit entry in it.</param>
/// <param name="Rows">In all tables.</param>
public sealed record BackupAnswer(string Name, DateTimeOffset At, string Reason, long AuditHead, long Rows, IReadOnlyList<TableAnswer> Tables)
{
    public static BackupAnswer Of(BackupMade made) =>
        new(made.Name, made.At, made.Reason, made.Audit.Number, made.Tables.Sum(t => t.Rows), [.. made.Tables.Select(t => new TableAnswer(t.Table, t.Rows, t.Hash))]);
}

/// <param name="Hash">Over the content of all rows, whichever database they stand in.</param>
public sealed record TableAnswer(string Table, long Rows, string Hash);

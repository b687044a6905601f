using System.Globalization;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;
using QuantDash.Web.Jobs;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;

namespace QuantDash.Web.Features.Jobs;

/// <summary>Background jobs over HTTP.</summary>
public static class JobEndpoints
{
    public static IServiceCollection AddJobScreen(this IServiceCollection services) => services.AddSingleton<JobDesk>().AddSingleton<JobWatch>();

    public static void MapJobs(this IEndpointRouteBuilder app)
    {
        var jobs = app.MapGroup("/api/jobs").RequireAuthorization(Scopes.Admin).WithTags("Jobs");
        jobs.MapGet("", ListAsync).WithSummary("Every background job and how it stands, over all processes of the database").Produces<ListAnswer<JobAnswer>>();
        jobs.MapGet("servers", ServersAsync).WithSummary("The processes that take jobs").Produces<ListAnswer<JobServer>>();
        jobs.MapGet("history", HistoryAsync).WithSummary("Past runs, newest first (job, outcome, trigger, since, before; idle=true with those that found nothing to do)").Produces<ListAnswer<JobRunAnswer>>();
        jobs.MapPost("{key}/{action}", ActAsync).WithSummary("run, retry, requeue, pause, resume or cancel; run twice while it waits or runs is one run (joined)").Produces<JobTicketAnswer>();
    }

    private static async Task<IResult> ListAsync(IJobs jobs, CancellationToken stop)
    {
        var looked = await jobs.LookAsync(stop);
        return looked.Succeeded ? Answers.Whole(looked.Value.Jobs.Select(JobAnswer.Of)) : ProblemAnswer.Of(looked.Problems);
    }

    private static async Task<IResult> ServersAsync(IJobs jobs, CancellationToken stop)
    {
        var looked = await jobs.LookAsync(stop);
        return looked.Succeeded ? Answers.Whole(looked.Value.Servers) : ProblemAnswer.Of(looked.Problems);
    }

    private static async Task<IResult> HistoryAsync(HttpContext context, IJobs jobs, CancellationToken stop)
    {
        var fields = new QueryFields(context.Request.Query);
        var filter = FilterOf(fields);
        if (fields.Problems.Count > 0) return ProblemAnswer.Of(fields.Problems);
        var found = await jobs.HistoryAsync(filter, stop);
        if (!found.Succeeded) return ProblemAnswer.Of(found.Problems);
        var next = found.Value.HasMore ? (filter.Skip + filter.Take).ToString(CultureInfo.InvariantCulture) : null;
        return Results.Ok(new ListAnswer<JobRunAnswer>([.. found.Value.Runs.Select(JobRunAnswer.Of)], next));
    }

    private static JobFilter FilterOf(QueryFields fields) => new()
    {
        Name = fields.Text("job"),
        Outcome = fields.Choice<JobOutcome>("outcome"),
        Trigger = fields.Id("trigger"),
        Since = fields.Time("since"),
        Before = fields.Time("before"),
        WithIdle = fields.Text("idle") == "true",
        Take = fields.Limit(),
        Skip = (int)(fields.Number("cursor", 0, int.MaxValue) ?? 0),
    };

    private static async Task<IResult> ActAsync(string key, string action, JobDesk desk, CancellationToken stop)
    {
        if (!JobId.TryParse(key, out var id)) return ProblemAnswer.Of([new Problem("key", "unknown_job", key)]);
        if (!WireNames<JobAction>.TryRead(action, out var wanted)) return ProblemAnswer.Of([new Problem("action", "job_action_unknown", action)]);
        return Answers.Of(await desk.ActAsync(id, wanted, stop), ticket => new JobTicketAnswer(ticket.Id.ToString(), ticket.Joined));
    }
}

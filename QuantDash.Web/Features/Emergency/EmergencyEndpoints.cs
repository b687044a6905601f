using QuantDash.Core.Engine;
using QuantDash.Web.Api;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Emergency;

/// <summary>紧急停止 over HTTP: what it would do, do it, go on.</summary>
public static class EmergencyEndpoints
{
    private const int LongestReason = 200;

    public static void MapEmergency(this IEndpointRouteBuilder app)
    {
        var emergency = app.MapGroup("/api/emergency").RequireAuthorization(Scopes.Trade).WithTags("Emergency");
        emergency.MapPost("preview", PreviewAsync).WithSummary("What an emergency stop would do").Takes<EmergencyPreviewBody>(optional: true).Produces<EmergencyPlanAnswer>();
        emergency.MapPost("stop", StopAsync).WithSummary("No new exposure, opening orders cancelled; then nothing, every leg locked, or every leg closed. 409 plan_changed with the new plan unless force is true")
            .Takes<EmergencyStopBody>(optional: true).Produces<EmergencyPlanAnswer>();
        emergency.MapPost("resume", ResumeAsync).RequireReconfirmation().WithSummary("New exposure is allowed again").Takes<EmergencyResumeBody>(optional: true).Produces<EmergencyResumeAnswer>();
    }

    private static async Task<IResult> PreviewAsync(HttpContext context, EngineReads reads, TradingRuntime runtime, CancellationToken stop)
    {
        var body = await JsonBody.ReadOptionalObjectAsync(context);
        var account = body.Account(await reads.SnapshotAsync(stop))?.Account.Id;
        var then = body.Choice<EmergencyThen>("then") ?? EmergencyThen.None;
        if (body.Problems.Count > 0) return ProblemAnswer.Of(body.Problems);
        return Answers.Of(await runtime.RunAsync((engine, _) => engine.Emergency.Preview(account, then), stop), EmergencyPlanAnswer.Of);
    }

    private static async Task<IResult> StopAsync(HttpContext context, EngineReads reads, TradingRuntime runtime, CancellationToken stop)
    {
        var body = await JsonBody.ReadOptionalObjectAsync(context);
        var account = body.Account(await reads.SnapshotAsync(stop))?.Account.Id;
        var request = new EmergencyRequest(
            account, body.Choice<EmergencyThen>("then") ?? EmergencyThen.None, body.Text("reason", LongestReason) ?? "", body.Text("shown"), body.Flag("force") ?? false);
        if (body.Problems.Count > 0) return ProblemAnswer.Of(body.Problems);
        var (stopped, now) = await runtime.RunAsync((engine, at) => (engine.Emergency.Stop(request, at), engine.Emergency.Preview(account, request.Then)), stop);
        return stopped.Problems is [{ Code: "plan_changed" }] changed
            ? new ProblemAnswer(ProblemKind.Conflict, changed) { More = new Dictionary<string, object?> { ["plan"] = EmergencyPlanAnswer.Of(now.Value) } }
            : Answers.Of(stopped, EmergencyPlanAnswer.Of);
    }

    private static async Task<IResult> ResumeAsync(HttpContext context, EngineReads reads, TradingRuntime runtime, CancellationToken stop)
    {
        var body = await JsonBody.ReadOptionalObjectAsync(context);
        var account = body.Account(await reads.SnapshotAsync(stop))?.Account.Id;
        var reason = body.Text("reason", LongestReason) ?? "";
        if (body.Problems.Count > 0) return ProblemAnswer.Of(body.Problems);
        return Answers.Of(await runtime.RunAsync((engine, now) => engine.Emergency.Resume(account, reason, now), stop), EmergencyResumeAnswer.Of);
    }
}

using QuantDash.Web.Api;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;

namespace QuantDash.Web.Features.Demo;

/// <summary>The demo over HTTP: whether it runs, and its switch.</summary>
public static class DemoEndpoints
{
    public static void MapDemo(this IEndpointRouteBuilder app)
    {
        var demo = app.MapGroup("/api/demo").RequireAuthorization(Scopes.Read).WithTags("Accounts");
        demo.MapGet("", ReadAsync).WithSummary("Whether the demo runs, and whether it can be switched here").Produces<DemoAnswer>();
        demo.MapPut("", SwitchAsync).RequireAuthorization(Scopes.Admin)
            .WithSummary("Switches the demo on or off; off: its market stands still, its rules are off and its account is closed with all its records. 409 where the configuration decides it")
            .Takes<DemoBody>().Produces<DemoAnswer>();
    }

    private static async Task<IResult> ReadAsync(EngineReads reads, IDemoSwitch demo, CancellationToken stop) => Results.Ok(DemoAnswer.Of(demo.Status(await reads.SnapshotAsync(stop))));

    private static async Task<IResult> SwitchAsync(HttpContext context, EngineReads reads, IDemoSwitch demo, CancellationToken stop)
    {
        var body = await JsonBody.ReadObjectAsync(context);
        body.Require("enabled");
        var on = body.Flag("enabled");
        if (body.Problems.Count == 0 && on is { } wished) body.Problems.AddRange(await demo.SwitchAsync(wished, stop));
        return body.Problems.Count > 0 ? ProblemAnswer.Of(body.Problems) : Results.Ok(DemoAnswer.Of(demo.Status(await reads.SnapshotAsync(stop))));
    }
}

public sealed record DemoBody(bool Enabled);

/// <param name="Enabled">Its market moves and its rules are watched.</param>
/// <param name="Configured">QuantDash:Demo in the configuration, which then decides it; null: people do.</param>
/// <param name="AccountId">Null before it was made.</param>
/// <param name="OffSince">When it was switched off; null: it was not.</param>
public sealed record DemoAnswer(bool Enabled, bool? Configured, Guid? AccountId, DateTimeOffset? OffSince)
{
    public static DemoAnswer Of(DemoStatus status) => new(status.IsOn, status.Configured, status.AccountId?.Value, status.OffSince);
}

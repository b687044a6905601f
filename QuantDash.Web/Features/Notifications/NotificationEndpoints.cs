using QuantDash.Core.Notifications;
using QuantDash.Web.Api;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;

namespace QuantDash.Web.Features.Notifications;

/// <summary>Trying the way to the trader's phone.</summary>
internal static class NotificationEndpoints
{
    private const int LongestTitle = 250;
    private const int LongestMessage = 4000;

    public static void MapNotifications(this IEndpointRouteBuilder app)
    {
        app.MapConfirm();
        app.MapChannels();
        app.MapNotificationSettings();
        app.MapPost("/api/test-notification", TryAsync).RequireAuthorization(Scopes.Trade).WithTags("System")
            .WithSummary("Sends one message now over every channel that is switched on, and says whether all took it: 409 when there is none, 502 with the reasons when one did not")
            .Takes<TrialBody>(optional: true).Produces<TrialAnswer>();
    }

    private static async Task<IResult> TryAsync(HttpContext context, ChannelTrial trials, NotificationDesk desk, MessageWriter writer, CancellationToken stop)
    {
        var body = await JsonBody.ReadOptionalObjectAsync(context);
        var (title, message) = (body.Text("title", LongestTitle), body.Text("message", LongestMessage));
        if (body.Problems.Count > 0) return ProblemAnswer.Of(body.Problems);
        if ((await desk.LoadAsync(stop)).Enabled.Count == 0) return ProblemAnswer.Of(ProblemKind.Conflict, "notifications_off");

        var trial = writer.Trial(title, message);
        var results = await trials.OverAllAsync(trial, stop);
        var failed = results.Where(r => r.Delivery.Result != DeliveryResult.Delivered).ToList();
        if (failed.Count == 0) return Results.Ok(new TrialAnswer(true, trial.Id, trial.Title, trial.Message) { Channels = [.. results.Select(r => r.Channel.Name)] });
        return new ProblemAnswer(ProblemKind.BadGateway, [.. failed.SelectMany(f => DeliveryProblems.Of(f.Delivery, results.Count == 1 ? null : $"{f.Channel.Name}: {f.Delivery.Reason}"))]);
    }
}

/// <param name="Title">What stands above the message; ours when absent.</param>
/// <param name="Message">At most 4,000 characters; ours when absent.</param>
public sealed record TrialBody(string? Title = null, string? Message = null);

/// <param name="Delivered">True: every channel took it.</param>
/// <param name="Id">Of the message.</param>
public sealed record TrialAnswer(bool Delivered, Guid Id, string Title, string Message)
{
    /// <summary>The names of those that took it.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];
}

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
        app.MapPost("/api/test-notification", TryAsync).RequireAuthorization(Scopes.Trade).WithTags("System")
            .WithSummary("Sends one message now and says whether it was taken: 409 when no address is set, 502 with the reason when it was not taken")
            .Takes<TrialBody>(optional: true).Produces<TrialAnswer>();
    }

    private static async Task<IResult> TryAsync(HttpContext context, INotifier notifier, MessageWriter writer, CancellationToken stop)
    {
        var body = await JsonBody.ReadOptionalObjectAsync(context);
        var (title, message) = (body.Text("title", LongestTitle), body.Text("message", LongestMessage));
        if (body.Problems.Count > 0) return ProblemAnswer.Of(body.Problems);
        if (!notifier.IsConfigured) return ProblemAnswer.Of(ProblemKind.Conflict, "notifications_off");

        var trial = writer.Trial(title, message);
        var delivery = await notifier.SendAsync(trial, stop);
        return delivery.Result == DeliveryResult.Delivered
            ? Results.Ok(new TrialAnswer(true, trial.Id, trial.Title, trial.Message))
            : ProblemAnswer.Of(ProblemKind.BadGateway, "notification_not_sent", delivery.Reason);
    }
}

/// <param name="Title">What stands above the message; ours when absent.</param>
/// <param name="Message">At most 4,000 characters; ours when absent.</param>
public sealed record TrialBody(string? Title = null, string? Message = null);

/// <param name="Delivered">True: the server took it.</param>
/// <param name="Id">Of the message.</param>
public sealed record TrialAnswer(bool Delivered, Guid Id, string Title, string Message);

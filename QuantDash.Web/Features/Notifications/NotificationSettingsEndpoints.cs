using System.Globalization;
using QuantDash.Core.Notifications;
using QuantDash.Web.Api;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;

namespace QuantDash.Web.Features.Notifications;

/// <summary>What the trader wants to be told, and when.</summary>
internal static class NotificationSettingsEndpoints
{
    private const int MostEvents = 200;
    private static readonly string[] Times = ["HH:mm", "H:mm", "HH:mm:ss"];

    public static void MapNotificationSettings(this IEndpointRouteBuilder app)
    {
        var settings = app.MapGroup("/api/notification_settings").RequireAuthorization(Scopes.Read).WithTags("Notifications");
        settings.MapGet("", async (NotificationDesk desk, CancellationToken stop) => Results.Ok(NotificationSettingsAnswer.Of((await desk.LoadAsync(stop)).Settings)))
            .WithSummary("What is told of, when, and in which language").Produces<NotificationSettingsAnswer>();
        settings.MapPut("", ChangeAsync).RequireAuthorization(Scopes.Trade).WithSummary("Changes the given fields").Takes<NotificationSettingsBody>().Produces<NotificationSettingsAnswer>();
    }

    private static async Task<IResult> ChangeAsync(HttpContext context, NotificationDesk desk, CancellationToken stop)
    {
        var body = await JsonBody.ReadObjectAsync(context);
        var wanted = Read(body, (await desk.LoadAsync(stop)).Settings);
        if (body.Problems.Count > 0) return ProblemAnswer.Of(body.Problems);
        return Answers.Of(await desk.SaveAsync(wanted), saved => NotificationSettingsAnswer.Of(saved));
    }

    private static NotificationSettings Read(JsonFields body, NotificationSettings before)
    {
        var (modes, wakes) = (new Dictionary<string, EventMode>(before.Modes, StringComparer.Ordinal), new Dictionary<string, bool>(before.Wakes, StringComparer.Ordinal));
        foreach (var entry in body.Objects("events", MostEvents) ?? [])
        {
            entry.Require("key");
            if (entry.Text("key") is not { } key) continue;
            if (!NotificationTable.Keys.Contains(key)) entry.Refuse("key", "unknown_event", key);
            if (entry.Choice<EventMode>("mode") is { } mode) modes[key] = mode;
            if (entry.Flag("wakes") is { } comesThrough) wakes[key] = comesThrough;
        }

        return before with
        {
            Language = body.Has("language") ? body.Text("language") : before.Language,
            Zone = body.Text("zone") ?? before.Zone,
            QuietFrom = body.Has("quiet_from") ? Time(body, "quiet_from") : before.QuietFrom,
            QuietTo = body.Has("quiet_to") ? Time(body, "quiet_to") : before.QuietTo,
            AvailableBelow = body.Has("available_below") ? body.Number("available_below") : before.AvailableBelow,
            DayLossAbove = body.Has("day_loss_above") ? body.Number("day_loss_above") : before.DayLossAbove,
            LastDayWithin = body.Integer("last_day_within", 0, NotificationSettings.MostDays) ?? before.LastDayWithin,
            Modes = modes,
            Wakes = wakes,
        };
    }

    private static TimeOnly? Time(JsonFields body, string name)
    {
        if (body.Text(name) is not { } text) return null;
        if (TimeOnly.TryParseExact(text, Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return time;
        body.Refuse(name, "not_a_clock_time", text);
        return null;
    }
}

using QuantDash.Core.Notifications;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;

namespace QuantDash.Web.Features.Notifications;

/// <summary>The ways messages take. Secrets go in and never come out.</summary>
internal static class ChannelEndpoints
{
    public static void MapChannels(this IEndpointRouteBuilder app)
    {
        var channels = app.MapGroup("/api/notification_channels").RequireAuthorization(Scopes.Read).WithTags("Notifications");
        channels.MapGet("", ListAsync).WithSummary("Ways that messages take, that of the configuration first; of secrets only whether they are set").Produces<ListAnswer<ChannelAnswer>>();
        channels.MapPost("", CreateAsync).RequireAuthorization(Scopes.Admin).WithSummary("A new channel; its secrets are sealed and never shown again").Takes<ChannelBody>().Produces<ChannelAnswer>(StatusCodes.Status201Created);
        channels.MapPut("{id:guid}", ChangeAsync).RequireAuthorization(Scopes.Admin).WithSummary("Changes the given fields; a secret that is left out stays").Takes<ChannelBody>().Produces<ChannelAnswer>();
        channels.MapDelete("{id:guid}", DeleteAsync).RequireAuthorization(Scopes.Admin).WithSummary("Removes a channel; what waited for it is not sent").Produces(StatusCodes.Status204NoContent);
        channels.MapPost("{id:guid}/test", TryAsync).RequireAuthorization(Scopes.Trade).WithSummary("Sends one message over it now, be it switched off; 502 with what was answered when it was not taken").Produces<ChannelTrialAnswer>();
    }

    private static async Task<IResult> ListAsync(NotificationDesk desk, IChannelHealth health, CancellationToken stop) =>
        Answers.Whole((await desk.LoadAsync(stop)).Channels.Select(c => ChannelAnswer.Of(c, health.Of(c.Id))));

    private static async Task<IResult> CreateAsync(HttpContext context, NotificationDesk desk, IChannelHealth health)
    {
        var body = await JsonBody.ReadObjectAsync(context);
        body.Require("name", "kind");
        var edit = Read(body, body.Choice<ChannelKind>("kind"));
        if (body.Problems.Count > 0) return ProblemAnswer.Of(body.Problems);
        return Answers.Created(await desk.CreateAsync(edit), _ => "/api/notification_channels", c => ChannelAnswer.Of(c, health.Of(c.Id)));
    }

    private static async Task<IResult> ChangeAsync(Guid id, HttpContext context, NotificationDesk desk, IChannelHealth health, CancellationToken stop)
    {
        var body = await JsonBody.ReadObjectAsync(context);
        var known = (await desk.LoadAsync(stop)).Channels.FirstOrDefault(c => c.Id == id);
        var edit = Read(body, body.Choice<ChannelKind>("kind"), known?.Kind);
        if (body.Problems.Count > 0) return ProblemAnswer.Of(body.Problems);
        return Answer(await desk.ChangeAsync(id, edit), c => Results.Ok(ChannelAnswer.Of(c, health.Of(c.Id))));
    }

    private static async Task<IResult> DeleteAsync(Guid id, NotificationDesk desk) => Answer(await desk.DeleteAsync(id), _ => Results.NoContent());

    private static async Task<IResult> TryAsync(Guid id, ChannelTrial trial, CancellationToken stop)
    {
        if (await trial.OverAsync(id, stop) is not { } result) return ProblemAnswer.Of([new Problem("id", "unknown_channel", id)]);
        return result.Delivery.Result == DeliveryResult.Delivered ? Results.Ok(new ChannelTrialAnswer(true, result.Channel.Id, result.Channel.Name)) : new ProblemAnswer(ProblemKind.BadGateway, DeliveryProblems.Of(result.Delivery));
    }

    private static IResult Answer(Outcome<NotificationChannel> outcome, Func<NotificationChannel, IResult> answer) => outcome.Succeeded ? answer(outcome.Value) : ProblemAnswer.Of(outcome.Problems);

    private static ChannelEdit Read(JsonFields body, ChannelKind? kind, ChannelKind? known = null)
    {
        var name = body.Text("name", NotificationChannel.LongestName);
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal);
        if ((known ?? kind) is { } fields && body.Object("settings") is { } given)
        {
            foreach (var field in ChannelFields.Of(fields).Where(f => given.Has(f.Name))) settings[field.Name] = given.TextOrNumber(field.Name, ChannelField.Longest);
        }

        return new(name, kind, body.Flag("is_enabled"), settings);
    }
}

/// <param name="Delivered">True: the other side took it.</param>
public sealed record ChannelTrialAnswer(bool Delivered, Guid ChannelId, string Name);

/// <summary>Why a message was not taken, as sentences: what was said, and what to do about it.</summary>
internal static class DeliveryProblems
{
    public static IReadOnlyList<Problem> Of(Delivery delivery, string? reason = null) =>
        delivery.Hint is { } hint ? [new("", "notification_not_sent", reason ?? delivery.Reason), OfHint(hint)] : [new("", "notification_not_sent", reason ?? delivery.Reason)];

    public static Problem OfHint(DeliveryHint hint) => hint switch
    {
        DeliveryHint.NoAnswer => new("", "channel_no_answer"),
        DeliveryHint.Unreachable => new("", "channel_unreachable"),
        DeliveryHint.Certificate => new("", "channel_certificate"),
        DeliveryHint.WrongAddress => new("", "channel_wrong_address"),
        DeliveryHint.WrongSignature => new("", "channel_wrong_signature"),
        DeliveryHint.MissingKeyword => new("", "channel_missing_keyword"),
        DeliveryHint.AddressNotAllowed => new("", "channel_address_not_allowed"),
        DeliveryHint.TooFast => new("", "channel_too_fast"),
        DeliveryHint.WrongCredentials => new("", "channel_wrong_credentials"),
        DeliveryHint.SenderRefused => new("", "channel_sender_refused"),
        DeliveryHint.RecipientRefused => new("", "channel_recipient_refused"),
        DeliveryHint.NoStartTls => new("", "channel_no_starttls"),
        DeliveryHint.BadMessage => new("", "channel_bad_message"),
        _ => new("", "channel_secrets_unreadable"),
    };
}

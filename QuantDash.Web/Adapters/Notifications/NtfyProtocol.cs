using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using QuantDash.Core.Notifications;

namespace QuantDash.Web.Adapters.Notifications;

internal sealed class NtfyProtocol(ChannelHttp http) : IChannelProtocol
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public ChannelKind Kind => ChannelKind.Ntfy;

    public async Task<Delivery> SendAsync(NotificationChannel channel, Notification notification, CancellationToken stop)
    {
        if (ChannelCheck.NtfyTopic(channel.Setting(ChannelFields.Url)) is not { } ntfy) return new(DeliveryResult.Unavailable, "no ntfy address is set");
        using var request = new HttpRequestMessage(HttpMethod.Post, ntfy.Server) { Content = JsonContent.Create(NtfyMessage.From(notification, ntfy.Topic), options: Json) };
        if (channel.Setting(ChannelFields.Token) is { Length: > 0 } token) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await http.PostAsync(request, Read, stop);
    }

    // Only what the server holds against the message itself is final: a wrong token or a full quota can be mended while messages wait.
    private static Delivery Read(HttpAnswer answer)
    {
        if (answer.IsSuccess) return Delivery.Arrived;
        var final = answer.Status is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge;
        var said = SaidIn(answer.Body);
        return new(final ? DeliveryResult.Refused : DeliveryResult.Unavailable, $"HTTP {(int)answer.Status}{(said is null ? "" : ": " + said)}", answer.RetryAfter, HintOf(answer.Status));
    }

    private static DeliveryHint? HintOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => DeliveryHint.WrongCredentials,
        HttpStatusCode.NotFound => DeliveryHint.WrongAddress,
        HttpStatusCode.TooManyRequests => DeliveryHint.TooFast,
        HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge => DeliveryHint.BadMessage,
        _ => null,
    };

    private static string? SaidIn(string body)
    {
        try
        {
            var error = JsonSerializer.Deserialize<NtfyError>(body, Json);
            return error?.Error is { Length: > 0 } text ? $"{text[..Math.Min(text.Length, ReasonText.Longest)]} ({error.Code})" : null;
        }
        catch (JsonException)
        {
            return null; // a proxy's own page
        }
    }

    private sealed record NtfyError(int Code, string? Error);
}

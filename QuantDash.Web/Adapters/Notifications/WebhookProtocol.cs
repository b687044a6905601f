using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using QuantDash.Core.Notifications;

namespace QuantDash.Web.Adapters.Notifications;

/// <summary>Posts the message as JSON to any address, signed so that the receiver knows whose it is and when it was sent (docs/notifications.md).</summary>
internal sealed class WebhookProtocol(ChannelHttp http, TimeProvider clock) : IChannelProtocol
{
    public const string TimestampHeader = "X-QuantDash-Timestamp";
    public const string SignatureHeader = "X-QuantDash-Signature";

    private static readonly JsonSerializerOptions Json = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    public ChannelKind Kind => ChannelKind.Webhook;

    /// <summary>HMAC-SHA256, with the secret as key, of the time in seconds, a full stop and the body.</summary>
    internal static string Sign(string secret, string seconds, ReadOnlySpan<byte> body)
    {
        using var signing = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        signing.AppendData(Encoding.UTF8.GetBytes(seconds + "."));
        signing.AppendData(body);
        return "sha256=" + Convert.ToHexStringLower(signing.GetHashAndReset());
    }

    public async Task<Delivery> SendAsync(NotificationChannel channel, Notification notification, CancellationToken stop)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new WebhookMessage(notification.Id, notification.Event, notification.Title, notification.Message, (int)notification.Priority, notification.IsSilent, notification.Tags, notification.Click?.AbsoluteUri), Json);
        using var request = new HttpRequestMessage(HttpMethod.Post, channel.Setting(ChannelFields.Url)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        if (channel.Setting(ChannelFields.Secret) is { Length: > 0 } secret)
        {
            var seconds = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            request.Headers.Add(TimestampHeader, seconds);
            request.Headers.Add(SignatureHeader, Sign(secret, seconds, body));
        }

        return await http.PostAsync(request, Read, stop);
    }

    private static Delivery Read(HttpAnswer answer)
    {
        if (answer.IsSuccess) return Delivery.Arrived;
        var reason = $"HTTP {(int)answer.Status}";
        return answer.Status switch
        {
            HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnsupportedMediaType or HttpStatusCode.UnprocessableEntity => new(DeliveryResult.Refused, reason, null, DeliveryHint.BadMessage),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new(DeliveryResult.Unavailable, reason, answer.RetryAfter, DeliveryHint.WrongSignature),
            HttpStatusCode.NotFound or HttpStatusCode.Gone => new(DeliveryResult.Unavailable, reason, answer.RetryAfter, DeliveryHint.WrongAddress),
            HttpStatusCode.TooManyRequests => new(DeliveryResult.Unavailable, reason, answer.RetryAfter, DeliveryHint.TooFast),
            _ => new(DeliveryResult.Unavailable, reason, answer.RetryAfter),
        };
    }

    private sealed record WebhookMessage(Guid Id, string? Event, string Title, string Message, int Priority, bool Silent, IReadOnlyList<string> Tags, string? Url);
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using QuantDash.Core.Notifications;

namespace QuantDash.Web.Adapters.Notifications;

/// <summary>A chat robot. It answers HTTP 200 to everything: what became of a message stands in the body, as a code.</summary>
internal abstract class RobotProtocol(ChannelHttp http, TimeProvider clock) : IChannelProtocol
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    public abstract ChannelKind Kind { get; }

    /// <summary>The fields of the answer that hold the code, 0 for taken, and the words.</summary>
    protected abstract (string Code, string Words) AnswerFields { get; }

    public async Task<Delivery> SendAsync(NotificationChannel channel, Notification notification, CancellationToken stop)
    {
        var (address, body) = Write(channel, notification, clock.GetUtcNow());
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = JsonContent.Create(body, body.GetType(), options: Json) };
        return await http.PostAsync(request, Read, stop);
    }

    protected abstract (string Address, object Body) Write(NotificationChannel channel, Notification notification, DateTimeOffset now);

    /// <summary>What an error code means; messages of a code that nobody knows wait, rather than be lost.</summary>
    protected abstract Delivery Verdict(int code);

    protected static Delivery Wait(DeliveryHint hint, TimeSpan? after = null) => new(DeliveryResult.Unavailable, null, after, hint);

    protected static Delivery Unknown { get; } = new(DeliveryResult.Unavailable);

    protected static Delivery Bad { get; } = new(DeliveryResult.Refused, null, null, DeliveryHint.BadMessage);

    private Delivery Read(HttpAnswer answer)
    {
        if (CodeIn(answer.Body) is not { } said)
            return new(DeliveryResult.Unavailable, answer.IsSuccess ? "the answer is none of a robot" : $"HTTP {(int)answer.Status}", answer.RetryAfter, answer.IsSuccess || (int)answer.Status == 404 ? DeliveryHint.WrongAddress : null);
        if (said.Code == 0) return answer.IsSuccess ? Delivery.Arrived : new(DeliveryResult.Unavailable, $"HTTP {(int)answer.Status}", answer.RetryAfter);
        var verdict = Verdict(said.Code);
        return verdict with { Reason = $"{said.Code} {said.Words}".TrimEnd(), RetryAfter = verdict.RetryAfter ?? answer.RetryAfter };
    }

    private (int Code, string Words)? CodeIn(string body)
    {
        try
        {
            using var answer = JsonDocument.Parse(body);
            if (answer.RootElement.ValueKind != JsonValueKind.Object || !answer.RootElement.TryGetProperty(AnswerFields.Code, out var code) || code.ValueKind != JsonValueKind.Number || !code.TryGetInt32(out var number)) return null;
            var words = answer.RootElement.TryGetProperty(AnswerFields.Words, out var said) && said.ValueKind == JsonValueKind.String ? said.GetString() : "";
            return (number, words ?? "");
        }
        catch (JsonException)
        {
            return null; // a proxy's own page
        }
    }
}

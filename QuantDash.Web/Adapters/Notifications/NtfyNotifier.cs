using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using QuantDash.Core.Notifications;
using QuantDash.Web.Configuration;

namespace QuantDash.Web.Adapters.Notifications;

/// <summary>Sends messages over ntfy. Reasons name what the server said, never its address, topic or token.</summary>
internal sealed class NtfyNotifier : INotifier, IDisposable
{
    private const int LongestAnswer = 4096;
    private const int LongestReason = 200;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly (Uri Server, string Topic)? _ntfy;
    private readonly AuthenticationHeaderValue? _token;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _clock;

    // The time-out is the clock's. A redirect would carry the token elsewhere.
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = LongestAnswer,
    };

    public NtfyNotifier(IOptions<QuantDashOptions> options, TimeProvider clock)
    {
        var settings = options.Value.Notifications;
        _ntfy = settings.Ntfy;
        _token = settings.NtfyToken.Length == 0 ? null : new("Bearer", settings.NtfyToken);
        _timeout = TimeSpan.FromSeconds(settings.TimeoutSeconds);
        _clock = clock;
    }

    public bool IsConfigured => _ntfy is not null;

    public async Task<Delivery> SendAsync(Notification notification, CancellationToken stop = default)
    {
        if (_ntfy is not { } ntfy) return new(DeliveryResult.Unavailable, "no ntfy address is set");
        using var timer = new CancellationTokenSource(_timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, stop);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, ntfy.Server) { Content = JsonContent.Create(NtfyMessage.From(notification, ntfy.Topic), options: Json) };
            request.Headers.Authorization = _token;
            using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseContentRead, either.Token);
            return answer.IsSuccessStatusCode ? Delivery.Arrived : await RefusedAsync(answer, either.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new(DeliveryResult.Unavailable, $"no answer within {_timeout.TotalSeconds:0} s");
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return new(DeliveryResult.Unavailable, ReasonOf(error));
        }
    }

    public void Dispose() => _client.Dispose();

    // Only what the server holds against the message itself is final: a wrong token or a full quota can be mended while messages wait.
    private async Task<Delivery> RefusedAsync(HttpResponseMessage answer, CancellationToken stop)
    {
        var final = answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge;
        var said = await SaidAsync(answer, stop);
        return new(
            final ? DeliveryResult.Refused : DeliveryResult.Unavailable,
            $"HTTP {(int)answer.StatusCode}{(said is null ? "" : ": " + said)}",
            answer.Headers.RetryAfter is { } after ? after.Delta ?? after.Date - _clock.GetUtcNow() : null);
    }

    private static async Task<string?> SaidAsync(HttpResponseMessage answer, CancellationToken stop)
    {
        try
        {
            var error = await answer.Content.ReadFromJsonAsync<NtfyError>(Json, stop);
            return error?.Error is { Length: > 0 } text ? $"{text[..Math.Min(text.Length, LongestReason)]} ({error.Code})" : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or NotSupportedException)
        {
            return null; // a proxy's own page
        }
    }

    // The exception's own message may hold the address.
    private static string ReasonOf(Exception error) => error switch
    {
        HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } known => $"the server cannot be reached ({known.HttpRequestError})",
        _ => "the connection broke",
    };

    private sealed record NtfyError(int Code, string? Error);
}

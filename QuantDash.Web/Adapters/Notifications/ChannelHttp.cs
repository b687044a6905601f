using System.Net;
using System.Security.Authentication;
using System.Text;
using Microsoft.Extensions.Options;
using QuantDash.Core.Notifications;
using QuantDash.Web.Configuration;

namespace QuantDash.Web.Adapters.Notifications;

/// <summary>What a server answered.</summary>
/// <param name="Body">At most <see cref="ChannelHttp.LongestAnswer"/> bytes of it.</param>
/// <param name="RetryAfter">How long it asked to be left alone.</param>
internal sealed record HttpAnswer(HttpStatusCode Status, string Body, TimeSpan? RetryAfter)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;
}

/// <summary>Posts one message and waits for the answer, within the time-out. Reasons name what went wrong, never an address, a key or a token.</summary>
internal sealed class ChannelHttp(IOptions<QuantDashOptions> options, TimeProvider clock) : IDisposable
{
    public const int LongestAnswer = 16 * 1024;
    private readonly TimeSpan _timeout = TimeSpan.FromSeconds(options.Value.Notifications.TimeoutSeconds);

    // The time-out is the clock's. A redirect would carry the token or the key elsewhere.
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = LongestAnswer,
    };

    public async Task<Delivery> PostAsync(HttpRequestMessage request, Func<HttpAnswer, Delivery> read, CancellationToken stop)
    {
        using var timer = new CancellationTokenSource(_timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, stop);
        try
        {
            using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseContentRead, either.Token);
            var after = answer.Headers.RetryAfter is { } asked ? asked.Delta ?? asked.Date - clock.GetUtcNow() : null;
            return read(new(answer.StatusCode, Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(either.Token)), after));
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new(DeliveryResult.Unavailable, $"no answer within {_timeout.TotalSeconds:0} s", null, DeliveryHint.NoAnswer);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return new(DeliveryResult.Unavailable, ReasonOf(error), null, error is HttpRequestException { InnerException: AuthenticationException } ? DeliveryHint.Certificate : DeliveryHint.Unreachable);
        }
    }

    public void Dispose() => _client.Dispose();

    // The exception's own message may hold the address.
    private static string ReasonOf(Exception error) => error switch
    {
        HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } known => $"the server cannot be reached ({known.HttpRequestError})",
        _ => "the connection broke",
    };
}

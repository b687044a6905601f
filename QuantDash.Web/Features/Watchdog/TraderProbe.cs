using System.Text.Json;
using Microsoft.Extensions.Options;
using QuantDash.Web.Configuration;

namespace QuantDash.Web.Features.Watchdog;

/// <summary>Asks whether orders could go out: over HTTP, as everybody else reaches the trader. That shows more than a heartbeat in a table: the process, its trading thread's
/// recovery, its journal, and the way there.</summary>
public sealed class TraderProbe(HttpClient client, IOptions<QuantDashOptions> options, TimeProvider clock)
{
    public const string Path = "health/ready";
    private const string NoAnswer = "no_answer";
    private const int LongestWord = 32;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private readonly WatchdogOptions _options = options.Value.Watchdog;

    public async Task<TraderLook> LookAsync(CancellationToken stop)
    {
        var answers = await Task.WhenAll(_options.Addresses!.Select(address => AskAsync(address, stop)));
        return answers.Contains(null) ? new(IsWell: true) : new(IsWell: false, string.Join("; ", answers));
    }

    /// <summary>Null: it is ready.</summary>
    private async Task<string?> AskAsync(Uri address, CancellationToken stop)
    {
        using var timer = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, stop);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, Path));
            request.Headers.TryAddWithoutValidation(WatchdogOptions.Header, _options.Name);
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseContentRead, either.Token);
            return answer.IsSuccessStatusCode ? null : $"{address}: {await SaidAsync(answer, either.Token)}";
        }
        catch (Exception error) when (error is HttpRequestException or IOException || (error is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return $"{address}: {NoAnswer}";
        }
    }

    /// <summary>What it is waiting for, or the bare status of something that is not QuantDash.</summary>
    private static async Task<string> SaidAsync(HttpResponseMessage answer, CancellationToken stop)
    {
        try
        {
            using var body = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(stop));
            if (body.RootElement.TryGetProperty("status", out var word) && word.ValueKind == JsonValueKind.String && word.GetString() is { Length: > 0 and <= LongestWord } said) return said;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // A proxy's own page.
        }

        return $"HTTP {(int)answer.StatusCode}";
    }
}

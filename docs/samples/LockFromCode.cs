// One lock from code, over HTTP alone. .NET 10 runs this file as it is:
//
//   dotnet run LockFromCode.cs -- http://localhost:8888 qd_… Q1 CZCE.TA2505 10000
//
// The key needs the scope trade. It looks at what locking would do, saves a rule that locks 80 % of the long leg once its floating profit reaches the threshold, and follows
// what happens until the lock is executed. Whatever cuts the connection: it comes again and goes on after the last event it has seen.

#if QUANTDASH_TESTS
namespace QuantDash.Samples;
#else
if (args.Length < 4)
{
    Console.Error.WriteLine("dotnet run LockFromCode.cs -- <address> <key> <account> <symbol> [profit]");
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
return await LockFromCode.RunAsync(new Uri(args[0]), args[1], args[2], args[3], args.Length > 4 ? decimal.Parse(args[4], System.Globalization.CultureInfo.InvariantCulture) : 10_000m, Console.Out, stop.Token);
#endif

internal static class LockFromCode
{
    private static readonly TimeSpan BeforeAgain = TimeSpan.FromSeconds(1);

    /// <returns>0 when the lock was executed, 1 when it was refused or ended otherwise.</returns>
    public static async Task<int> RunAsync(Uri address, string key, string account, string symbol, decimal profit, TextWriter output, CancellationToken stop)
    {
        using var http = new HttpClient { BaseAddress = address };
        http.DefaultRequestHeaders.Add("X-API-Key", key);

        // What would it do, if it were done now? Nothing is sent by a preview.
        var position = await AskAsync(http, HttpMethod.Get, $"/api/positions?account_id={account}&symbol={symbol}", null, null, output, stop);
        if (position is not { } held || held.GetProperty("items").GetArrayLength() == 0) return 1;
        var lots = held.GetProperty("items")[0].GetProperty("long_lockable_volume").GetDecimal();
        if (await AskAsync(http, HttpMethod.Post, "/api/lock/preview", new { account_id = account, symbol, direction = "long", volume = lots }, null, output, stop) is not { } preview) return 1;
        output.WriteLine($"Locking {lots} lots now would freeze {preview.GetProperty("frozen_profit")} before fees; available after: {preview.GetProperty("after").GetProperty("available")}");

        // Where the tape stands before the rule is there: what follows it is news.
        if (await LastEventAsync(address, key, stop) is not { } seen) return 1;

        // The rule. With an Idempotency-Key a repeated request is the same rule, not a second one: ask again as often as you must.
        var rule = new
        {
            account_id = account,
            symbol,
            direction = "long",
            trigger_type = "profit",
            profit_lock_enabled = true,
            profit_lock_threshold = profit,
            profit_lock_ratio = 0.8,
            auto_execute = true,
            note = "made by LockFromCode.cs",
        };
        if (await AskAsync(http, HttpMethod.Post, "/api/lock/configs", rule, Guid.NewGuid().ToString(), output, stop) is not { } saved) return 1;
        output.WriteLine($"Rule {saved.GetProperty("id")} is armed; it fires at once: {saved.GetProperty("fires_now")}");
        return await FollowAsync(address, key, seen, symbol, output, stop);
    }

    private static async Task<long?> LastEventAsync(Uri address, string key, CancellationToken stop)
    {
        using var socket = await ListenAsync(address, key, null, stop);
        return (await NextAsync(socket, stop))?.GetProperty("sequence").GetInt64();
    }

    /// <summary>Reads the alerts after <paramref name="seen"/> until the lock is executed or has failed.</summary>
    private static async Task<int> FollowAsync(Uri address, string key, long seen, string symbol, TextWriter output, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                using var socket = await ListenAsync(address, key, seen, stop);
                while (await NextAsync(socket, stop) is { } message)
                {
                    seen = message.GetProperty("sequence").GetInt64();
                    if (message.GetProperty("type").GetString() == "event" && EndOf(message, symbol, output) is { } end) return end;
                }
            }
            catch (System.Net.WebSockets.WebSocketException error)
            {
                output.WriteLine($"The connection was cut ({error.Message}): again in a second");
            }

            await Task.Delay(BeforeAgain, stop);
        }
    }

    private static int? EndOf(System.Text.Json.JsonElement told, string symbol, TextWriter output)
    {
        var key = told.GetProperty("key").GetString()!;
        if (told.GetProperty("symbol").GetString() != symbol || !key.StartsWith("lock.", StringComparison.Ordinal)) return null;
        output.WriteLine($"{told.GetProperty("sequence")} {told.GetProperty("text").GetString()}");
        return key switch
        {
            "lock.executed" => 0,
            "lock.failed" or "lock.cancelled" or "lock.expired" => 1,
            _ => null,
        };
    }

    private static async Task<System.Net.WebSockets.ClientWebSocket> ListenAsync(Uri address, string key, long? after, CancellationToken stop)
    {
        var socket = new System.Net.WebSockets.ClientWebSocket();
        socket.Options.SetRequestHeader("X-API-Key", key);
        var alerts = new UriBuilder(address) { Scheme = address.Scheme == "https" ? "wss" : "ws", Path = "/ws/alerts", Query = after is { } seen ? $"after={seen}" : "" };
        await socket.ConnectAsync(alerts.Uri, stop);
        return socket;
    }

    private static async Task<System.Text.Json.JsonElement?> NextAsync(System.Net.WebSockets.ClientWebSocket socket, CancellationToken stop)
    {
        using var message = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(), stop);
            if (read.MessageType == System.Net.WebSockets.WebSocketMessageType.Close) return null;
            message.Write(buffer, 0, read.Count);
            if (!read.EndOfMessage) continue;
            using var document = System.Text.Json.JsonDocument.Parse(message.ToArray());
            return document.RootElement.Clone();
        }
    }

    /// <summary>Null: it was refused, and the output says why, field by field.</summary>
    private static async Task<System.Text.Json.JsonElement?> AskAsync(HttpClient http, HttpMethod method, string path, object? body, string? idempotencyKey, TextWriter output, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new StringContent(System.Text.Json.JsonSerializer.Serialize(body), System.Text.Encoding.UTF8, "application/json");
        if (idempotencyKey is not null) request.Headers.Add("Idempotency-Key", idempotencyKey);
        using var answer = await http.SendAsync(request, stop);
        var text = await answer.Content.ReadAsStringAsync(stop);
        using var document = System.Text.Json.JsonDocument.Parse(text);
        if (answer.IsSuccessStatusCode) return document.RootElement.Clone();
        output.WriteLine($"{method} {path}: {(int)answer.StatusCode} {document.RootElement.GetProperty("detail").GetString()}");
        return null;
    }
}

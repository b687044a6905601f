using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Scenarios;

/// <summary>Speaks to a running QuantDash the way a trader's program does: JSON over HTTP with a key.</summary>
internal sealed class TradingClient
{
    public const string Key = "scenario-key-0123456789abcdef-0123456789abcdef";

    private readonly HttpClient _http;

    public TradingClient(HttpClient http)
    {
        _http = http;
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
    }

    /// <summary>Settings for an app that this client may speak to.</summary>
    public static Dictionary<string, string> Settings(string? database = null)
    {
        var settings = new Dictionary<string, string> { ["QuantDash__Auth__BootstrapApiKey"] = Key, ["QuantDash__Demo"] = "false" };
        if (database is not null) settings["ConnectionStrings__QuantDash"] = database;
        return settings;
    }

    public static TradingClient Of(AppProcess app) => new(app.Client);

    public async Task<string> SourceAsync(string name, string clock, bool always = false)
    {
        var body = new JsonObject { ["name"] = name, ["clock"] = clock };
        if (always) body["overrides"] = new JsonObject { ["sessions"] = "always", ["expiry"] = "none" };
        await PostAsync("api/sources", body, HttpStatusCode.Created);
        return name;
    }

    public async Task<string> AccountAsync(string name, string source, decimal balance = 10_000_000m)
    {
        var body = new JsonObject { ["name"] = name, ["venue"] = "simulated", ["currency"] = "CNY", ["initial_balance"] = balance, ["source"] = source };
        return (await PostAsync("api/accounts", body, HttpStatusCode.Created))["id"]!.GetValue<string>();
    }

    /// <summary>The whole position of one contract: lots of today, all at one price.</summary>
    public Task<JsonNode> HoldAsync(string account, string symbol, string side, decimal volume, decimal price) => PostAsync(
        "api/position_snapshots",
        new JsonObject
        {
            ["account_id"] = account,
            ["positions"] = new JsonArray(new JsonObject
            {
                ["symbol"] = symbol, [$"{side}_position"] = volume, [$"{side}_today"] = volume, [$"{side}_avg_price"] = price,
            }),
        });

    public async Task<string> RuleAsync(JsonObject rule) => (await PostAsync("api/lock/configs", rule, HttpStatusCode.Created))["id"]!.GetValue<string>();

    public async Task<(int Accepted, int Rejected, JsonNode Answer)> TicksAsync(string source, IEnumerable<JsonObject> ticks)
    {
        var answer = await PostAsync($"api/ticks?source={source}", new JsonArray([.. ticks]));
        return (answer["accepted"]!.GetValue<int>(), answer["rejected"]!.GetValue<int>(), answer);
    }

    /// <summary>Imports a tick file and waits for its end, whichever that is.</summary>
    public Task<JsonNode> ImportAsync(string query, string csv) => ImportAsync(query, new StringContent(csv, Encoding.UTF8, "text/csv"));

    /// <inheritdoc cref="ImportAsync(string, string)"/>
    public async Task<JsonNode> ImportAsync(string query, HttpContent file)
    {
        using var started = await _http.PostAsync($"api/ticks/import?{query}", file);
        started.StatusCode.ShouldBe(HttpStatusCode.Accepted, await started.Content.ReadAsStringAsync());
        return await EndedAsync(started.Headers.Location!.ToString(), "queued", "running");
    }

    /// <summary>Plays a stored day at maximum speed and waits for its end.</summary>
    public async Task<JsonNode> ReplayAsync(string from, string to, string tradingDay)
    {
        var replay = await PostAsync("api/replays", new JsonObject { ["from"] = from, ["to"] = to, ["trading_day"] = tradingDay }, HttpStatusCode.Created);
        return await EndedAsync($"api/replays/{replay["id"]!.GetValue<string>()}", "playing");
    }

    public Task<List<JsonNode>> TriggersAsync(string? account = null) => ItemsAsync("api/lock/triggers", account);

    public Task<List<JsonNode>> ExecutionsAsync(string? account = null) => ItemsAsync("api/lock/executions", account);

    public async Task<List<JsonNode>> ItemsAsync(string path, string? account = null)
    {
        var query = account is null ? "?limit=500" : $"?limit=500&account_id={account}";
        using var answer = await _http.GetAsync(path + query);
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return [.. JsonNode.Parse(text)!["items"]!.AsArray().Select(item => item!)];
    }

    /// <summary>Waits until the account's only lock holds this volume and nothing of it is being unlocked.</summary>
    public Task<List<JsonNode>> EventuallyLockedAsync(string account, decimal volume) =>
        EventuallyAsync(() => ItemsAsync("api/locks", account), locks => locks.Count == 1 && locks[0]["volume"]!.GetValue<decimal>() == volume);

    public async Task<JsonNode> PostAsync(string path, JsonNode? body, HttpStatusCode expected = HttpStatusCode.OK)
    {
        var (status, text) = await SendAsync(path, body?.ToJsonString());
        status.ShouldBe(expected, $"POST {path} {body?.ToJsonString()[..Math.Min(300, body.ToJsonString().Length)]} → {text}");
        return JsonNode.Parse(text)!;
    }

    public async Task<(HttpStatusCode Status, string Text)> SendAsync(string path, string? json, string method = "POST")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (json is not null) request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await _http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async Task<JsonNode> GetAsync(string path)
    {
        var (status, text) = await SendAsync(path, null, "GET");
        status.ShouldBe(HttpStatusCode.OK, text);
        return JsonNode.Parse(text)!;
    }

    private Task<JsonNode> EndedAsync(string path, params string[] before) =>
        EventuallyAsync(() => GetAsync(path), found => !before.Contains(found["state"]!.GetValue<string>()));

    /// <summary>Looks until <paramref name="holds"/>, at most ninety seconds, for machines that do other things too; then the last answer.</summary>
    public static async Task<T> EventuallyAsync<T>(Func<Task<T>> look, Func<T, bool> holds)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            var seen = await look();
            if (holds(seen) || clock.Elapsed > TimeSpan.FromSeconds(90)) return seen;
            await Task.Delay(50);
        }
    }
}

using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Web.Api;

/// <summary>The real application, a key with every scope, a source whose feed is the clock, and an account that hears it.</summary>
internal sealed class ApiRig : IDisposable
{
    /// <summary>With every scope.</summary>
    public const string AdminKey = "bootstrap-key-for-tests";

    private readonly AppFactory _app = new() { Settings = { ["QuantDash:Auth:BootstrapApiKey"] = AdminKey, ["QuantDash:Demo"] = "false" } };

    /// <param name="settings">By key, beside the usual ones.</param>
    public ApiRig(params (string Key, string Value)[] settings)
        : this(null, settings)
    {
    }

    /// <param name="replace">Registers what is to stand in the place of the program's own.</param>
    /// <param name="settings">By key, beside the usual ones.</param>
    public ApiRig(Action<IServiceCollection>? replace, params (string Key, string Value)[] settings)
    {
        _app.Replace = replace;
        foreach (var (key, value) in settings) _app.Settings[key] = value;
        Client = _app.CreateClient(new() { AllowAutoRedirect = false });
        Client.DefaultRequestHeaders.Add("X-API-Key", AdminKey);
        Client.DefaultRequestHeaders.Add("Accept-Language", "en");
    }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public string DataDirectory => _app.DataDirectory;

    public string Account { get; private set; } = "";

    /// <summary>Without a key.</summary>
    public HttpClient Anonymous() => _app.CreateClient(new() { AllowAutoRedirect = false });

    public Task<WebSocket> ConnectAsync(string path, string? key = AdminKey, string? origin = null)
    {
        var connect = _app.Server.CreateWebSocketClient();
        connect.ConfigureRequest = request =>
        {
            request.Headers.AcceptLanguage = "en";
            if (key is not null) request.Headers["X-API-Key"] = key;
            if (origin is not null) request.Headers.Origin = origin;
        };
        return connect.ConnectAsync(new("ws://localhost" + path), CancellationToken.None);
    }

    public async Task<ApiRig> ReadyAsync()
    {
        (await PostAsync("/api/sources", """{"name":"test","clock":"ticks","overrides":{"sessions":"always","expiry":"none"}}""")).Status.ShouldBe(HttpStatusCode.Created);
        var account = await PostAsync("/api/accounts", """{"name":"test","venue":"simulated","currency":"CNY","source":"test","external_id":"Q1"}""");
        account.Status.ShouldBe(HttpStatusCode.Created);
        Account = account.Body.GetProperty("id").GetString()!;
        return this;
    }

    public async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, string json, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Json.Of(json) };
        if (idempotencyKey is not null) request.Headers.Add("Idempotency-Key", idempotencyKey);
        return await SendAsync(request);
    }

    public Task<(HttpStatusCode Status, JsonElement Body)> PutAsync(string path, string json) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Put, path) { Content = Json.Of(json) });

    public Task<(HttpStatusCode Status, JsonElement Body)> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    public async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(HttpRequestMessage request)
    {
        using var answer = await Client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }

    /// <summary>One tick of PTA with a bid and an ask around it, seconds after 09:30 of 2025-01-06.</summary>
    public static string Tick(double last, int second, string symbol = "CZCE.TA2505") => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"symbol":"{{symbol}}","timestamp":"2025-01-06T01:30:{{second:00}}Z","last_price":{{last}},"bid_price":{{last - 2}},"bid_volume":500,"ask_price":{{last + 2}},"ask_volume":500,"volume":{{1000 + second}}}""");

    public async Task<JsonElement> PushAsync(params string[] ticks)
    {
        var (status, body) = await PostAsync("/api/ticks?source=test", "[" + string.Join(',', ticks) + "]");
        status.ShouldBe(HttpStatusCode.OK, body.ToString());
        return body;
    }

    public static IEnumerable<string> Codes(JsonElement problem) =>
        problem.GetProperty("codes").EnumerateObject().SelectMany(f => f.Value.EnumerateArray().Select(c => $"{f.Name} {c.GetString()}"));

    public static string Large(int bytes) => "[" + new StringBuilder().Insert(0, " ", bytes) + "]";

    public void Dispose()
    {
        Client.Dispose();
        _app.Dispose();
    }
}

using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Web.Trading;

namespace QuantDash.Tests.Web.Api.Fuzz;

/// <summary>A trader with positions, a lock, a rule, a template and a working order, and somebody who sends whatever comes to mind.</summary>
internal sealed class FuzzRig : IDisposable
{
    private readonly ApiRig _api;
    private readonly Dictionary<string, string> _names = [];

    private FuzzRig(ApiRig api)
    {
        _api = api;
        Witness = new(api.DataDirectory, api.Services.GetRequiredService<TradingRuntime>());
    }

    public StateWitness Witness { get; }

    public static async Task<FuzzRig> StartAsync()
    {
        var rig = new FuzzRig(await new ApiRig(("Logging:LogLevel:Default", "Error"), ("Logging:LogLevel:Microsoft", "Error")).ReadyAsync());
        await rig.FurnishAsync();
        return rig;
    }

    public FuzzRequest RequestOf(FuzzSeed seed) => new(new(seed.Method), Filled(seed.Path), Encoding.UTF8.GetBytes(Filled(seed.Body)), seed.Body.Length == 0 ? null : seed.ContentType, IsMutated: false, seed);

    public async Task<(HttpStatusCode Status, string? Type, string Body)> SendAsync(FuzzRequest request)
    {
        using var message = request.Message();
        using var answer = await _api.Client.SendAsync(message);
        return (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Takes back what a request created, so that ten thousand of them do not fill the books.</summary>
    public async Task UndoAsync(FuzzRequest request, string answer)
    {
        if (request.Seed.Undo is not { } undo || !request.Path.Split('?')[0].TrimEnd('/').Equals(Filled(request.Seed.Path), StringComparison.OrdinalIgnoreCase)) return; // What else the router takes for that path is undone too.
        var path = undo.Contains("{user.id}", StringComparison.Ordinal) ? "user.id" : "id";
        var id = path.Split('.').Aggregate(JsonDocument.Parse(answer).RootElement, (part, name) => part.GetProperty(name)).GetString();
        var isPost = undo.StartsWith("POST ", StringComparison.Ordinal);
        using var message = new HttpRequestMessage(isPost ? HttpMethod.Post : HttpMethod.Delete, (isPost ? undo[5..] : undo).Replace($"{{{path}}}", id, StringComparison.Ordinal));
        (await _api.SendAsync(message)).Status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.NoContent, HttpStatusCode.Conflict, HttpStatusCode.NotFound);
    }

    public void Dispose()
    {
        Witness.Dispose();
        _api.Dispose();
    }

    private async Task FurnishAsync()
    {
        _names["account"] = _api.Account;
        _names["order"] = "11111111-1111-1111-1111-111111111111";
        await _api.PushAsync(ApiRig.Tick(5500, 0));
        await MadeAsync("/api/position_snapshots", """
            {"account_id":"Q1","timestamp":"2025-01-06T01:30:00Z","complete":true,"positions":[{"symbol":"CZCE.TA2505","long_position":20,"long_today":5,"long_avg_price":5400,"short_position":0,"short_today":0,"short_avg_price":0}]}
            """);
        await MadeAsync("/api/orders", """{"account_id":"Q1","symbol":"CZCE.TA2505","action":"lock","direction":"long","volume":5,"price":5480}""");
        for (var second = 1; !_names.ContainsKey("lock"); second++)
        {
            await _api.PushAsync(ApiRig.Tick(5500, second));
            if ((await _api.GetAsync("/api/locks")).Body.GetProperty("items") is var locks && locks.GetArrayLength() > 0) _names["lock"] = locks[0].GetProperty("id").GetString()!;
        }

        _names["rule"] = await MadeAsync("/api/lock/configs", """{"account_id":"Q1","symbol":"CZCE.TA2505","direction":"long","trigger_type":"price","trigger_price":9000}""");
        _names["template"] = await MadeAsync("/api/lock/templates", """{"name":"kept","target_ticks":50}""");
        _names["working"] = await MadeAsync("/api/orders", """{"account_id":"Q1","symbol":"CZCE.TA2505","action":"open","direction":"long","volume":8,"price":5402}""");
        await MadeAsync("/api/accounts", """{"name":"ctp","venue":"bridge","currency":"CNY","source":"test","external_id":"880001"}""");
        _names["person"] = (await _api.PostAsync("/api/users", """{"name":"kept","role":"viewer"}""")).Body.GetProperty("user").GetProperty("id").GetString()!;
        _names["channel"] = await MadeAsync("/api/notification_channels", """{"name":"kept","kind":"ntfy","is_enabled":false,"settings":{"url":"https://ntfy.example.invalid/kept"}}""");
        _names["epoch"] = (await _api.GetAsync("/api/bridge/880001/orders")).Body.GetProperty("epoch").GetString()!;
        await _api.PushAsync(ApiRig.Tick(5500, 50));
    }

    private async Task<string> MadeAsync(string path, string body)
    {
        var (status, answer) = await _api.PostAsync(path, body);
        ((int)status).ShouldBeInRange(200, 299, answer.ToString());
        return answer.TryGetProperty("id", out var id) ? id.GetString()! : "";
    }

    private string Filled(string text) => _names.Aggregate(text, (filled, name) => filled.Replace($"{{{name.Key}}}", name.Value, StringComparison.Ordinal));
}

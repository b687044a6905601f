using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Options;
using QuantDash.Web.Api;
using QuantDash.Web.Configuration;

namespace QuantDash.Web.Cli;

/// <summary><c>emergency</c>: stops a running QuantDash over HTTP, or lets it go on. What it would do is shown and asked about first, unless <c>--yes</c> is given.
/// Ends with 0 when it was done, 1 when not.</summary>
internal static class EmergencyVerb
{
    private const int NotDone = 1;
    private const string Usage = "emergency stop|resume [--then lock_all|flatten] [--account <id>] [--reason <text>] [--yes] [--url <address>] [--key <API key>]";

    public static async Task<int> RunAsync(WebApplication app, VerbArguments arguments)
    {
        if (arguments.First is not ("stop" or "resume") || KeyOf(app, arguments) is not { } key)
        {
            await Console.Error.WriteLineAsync($"{Usage}\nThe key is --key, QUANTDASH_KEY, or the configured bootstrap key.");
            return CommandLine.WrongUsage;
        }

        using var stop = VerbArguments.StopOnControlC();
        using var client = new HttpClient { BaseAddress = AddressOf(app, arguments) };
        client.DefaultRequestHeaders.Add("X-API-Key", key);
        try
        {
            return arguments.First == "stop" ? await StopAsync(client, arguments, stop.Token) : await ResumeAsync(client, arguments, stop.Token);
        }
        catch (HttpRequestException error)
        {
            await Console.Error.WriteLineAsync($"{client.BaseAddress}: {error.Message}");
            return NotDone;
        }
    }

    private static async Task<int> StopAsync(HttpClient client, VerbArguments arguments, CancellationToken stop)
    {
        var then = arguments.Value("--then") ?? "none";
        string? shown = null;
        // Nothing to look at and nobody to ask: a plain stop goes out at once.
        if (then != "none" || !arguments.Has("--yes"))
        {
            var (status, plan) = await PostAsync(client, "preview", new { account_id = arguments.Value("--account"), then }, stop);
            if (status != HttpStatusCode.OK) return await RefusedAsync(plan);
            await EmergencyPrint.PlanAsync(plan);
            if (!arguments.Has("--yes") && !await IsSureAsync()) return NotDone;
            shown = plan.GetProperty("plan").GetString();
        }

        var (answered, done) = await PostAsync(client, "stop", new { account_id = arguments.Value("--account"), then, reason = arguments.Value("--reason"), shown }, stop);
        if (answered != HttpStatusCode.OK) return await RefusedAsync(done);
        foreach (var account in done.GetProperty("accounts").EnumerateArray()) await Console.Out.WriteLineAsync($"stopped: {account.GetProperty("name").GetString()}");
        return 0;
    }

    private static async Task<int> ResumeAsync(HttpClient client, VerbArguments arguments, CancellationToken stop)
    {
        if (!arguments.Has("--yes") && !await IsSureAsync()) return NotDone;
        var (status, done) = await PostAsync(client, "resume", new { account_id = arguments.Value("--account"), reason = arguments.Value("--reason") }, stop);
        if (status != HttpStatusCode.OK) return await RefusedAsync(done);
        foreach (var account in done.GetProperty("accounts").EnumerateArray()) await Console.Out.WriteLineAsync($"resumed: {account.GetString()}");
        return 0;
    }

    private static async Task<bool> IsSureAsync()
    {
        await Console.Out.WriteAsync("Type yes to do this: ");
        return (await Console.In.ReadLineAsync())?.Trim() == "yes";
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(HttpClient client, string path, object body, CancellationToken stop)
    {
        using var answer = await client.PostAsJsonAsync($"api/emergency/{path}", body, ApiJson.Options, stop);
        var text = await answer.Content.ReadAsStringAsync(stop);
        return (answer.StatusCode, text.StartsWith('{') ? JsonElement.Parse(text) : JsonSerializer.SerializeToElement(new { detail = $"HTTP {(int)answer.StatusCode}" }));
    }

    private static async Task<int> RefusedAsync(JsonElement problem)
    {
        await Console.Error.WriteLineAsync(problem.GetProperty("detail").GetString());
        if (problem.TryGetProperty("plan", out var plan)) await EmergencyPrint.PlanAsync(plan);
        return NotDone;
    }

    private static string? KeyOf(WebApplication app, VerbArguments arguments) =>
        new[] { arguments.Value("--key"), Environment.GetEnvironmentVariable("QUANTDASH_KEY"), app.Services.GetRequiredService<IOptions<QuantDashOptions>>().Value.Auth.BootstrapApiKey }
            .FirstOrDefault(key => !string.IsNullOrEmpty(key));

    // An address to listen on may name every interface; the verb runs beside it.
    private static Uri AddressOf(WebApplication app, VerbArguments arguments)
    {
        var told = arguments.Value("--url") ?? app.Configuration["Urls"]?.Split(';')[0] ?? "http://localhost:8888";
        var address = told.Replace("//*", "//localhost", StringComparison.Ordinal).Replace("//+", "//localhost", StringComparison.Ordinal).Replace("//0.0.0.0", "//localhost", StringComparison.Ordinal);
        return new(address.EndsWith('/') ? address : address + "/");
    }
}

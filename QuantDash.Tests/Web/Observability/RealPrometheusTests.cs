using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Web.Observability;

/// <summary>A real Prometheus with the sample configuration and our rules scrapes a real QuantDash.</summary>
public sealed class RealPrometheusTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [PrometheusFact]
    public async Task Prometheus_WithTheSample_ScrapesAndAnswers()
    {
        await using var app = await AppProcess.StartAsync(TradingClient.Settings());
        var trader = TradingClient.Of(app);
        await trader.SourceAsync("test", "ticks", always: true);
        await trader.TicksAsync("test", Enumerable.Range(0, 3).Select(i => new JsonObject
        {
            ["symbol"] = "CZCE.TA2505", ["timestamp"] = $"2025-01-06T01:30:0{i}Z", ["last_price"] = 5000, ["volume"] = 1000 + i,
        }));
        var address = $"127.0.0.1:{AppProcess.FreePort()}";
        using var prometheus = Start(await SampleAsync(app.Address), address);
        try
        {
            using var client = new HttpClient { BaseAddress = new($"http://{address}/") };
            (await QueryAsync(client, "quantdash_ticks_accepted_total{job=\"quantdash\",source=\"test\"}")).ShouldBe("3");
            (await QueryAsync(client, "up{job=\"quantdash\"}")).ShouldBe("1");
            var rules = await client.GetFromJsonAsync<JsonNode>("api/v1/rules");
            rules!["data"]!["groups"]!.AsArray().Count.ShouldBeGreaterThan(0);
        }
        finally
        {
            prometheus.Kill();
            await prometheus.WaitForExitAsync();
        }
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>The sample, with this machine's address, key and a shorter pace.</summary>
    private async Task<string> SampleAsync(Uri app)
    {
        var operations = Path.Combine(TestData.RepositoryRoot, "ops", "prometheus");
        var sample = await File.ReadAllTextAsync(Path.Combine(operations, "prometheus.yml"));
        var key = _folder.File("key");
        await File.WriteAllTextAsync(key, TradingClient.Key);
        var changed = sample.Replace("127.0.0.1:8888", app.Authority, StringComparison.Ordinal)
            .Replace("/etc/prometheus/quantdash.key", key, StringComparison.Ordinal)
            .Replace("rules.yml", Path.Combine(operations, "rules.yml"), StringComparison.Ordinal)
            .Replace("scrape_interval: 5s", "scrape_interval: 1s", StringComparison.Ordinal);
        foreach (var placed in (string[])[app.Authority, key, "scrape_interval: 1s", operations]) changed.ShouldContain(placed);
        var path = _folder.File("prometheus.yml");
        await File.WriteAllTextAsync(path, changed);
        return path;
    }

    private Process Start(string configuration, string address) => Process.Start(new ProcessStartInfo(
        Path.Combine(Requirements.PrometheusFolder, "prometheus"),
        [$"--config.file={configuration}", $"--storage.tsdb.path={_folder.File("data")}", $"--web.listen-address={address}", "--log.level=error"]) { WorkingDirectory = _folder.Path })!;

    /// <summary>The value of the only series, as soon as there is one.</summary>
    private static Task<string?> QueryAsync(HttpClient client, string query) => TradingClient.EventuallyAsync(
        async () =>
        {
            try
            {
                var answer = await client.GetFromJsonAsync<JsonNode>("api/v1/query?query=" + Uri.EscapeDataString(query));
                return answer!["data"]!["result"]!.AsArray() is [{ } only] ? only["value"]![1]!.GetValue<string>() : null;
            }
            catch (HttpRequestException)
            {
                return null; // not up yet
            }
        },
        value => value is not null);
}

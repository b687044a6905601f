using System.Diagnostics;
using System.Net;
using QuantDash.Tests.Web.Api;

namespace QuantDash.Tests.Web.Observability;

/// <summary>One run of the real application in which everything happens once: ticks, refused ones, a rule that fires and locks, a backup. Before it, within it and after it somebody scrapes.</summary>
public sealed class MetricsRun : IAsyncLifetime
{
    internal ApiRig Api { get; private set; } = null!;
    internal Scrape Before { get; private set; } = null!;
    internal Scrape Armed { get; private set; } = null!;
    internal Scrape After { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Api = await new ApiRig().ReadyAsync();
        (await Api.PostAsync("/api/sources", """{"name":"live","clock":"wall","overrides":{"sessions":"always","expiry":"none"}}""")).Status.ShouldBe(HttpStatusCode.Created);
        Before = await ScrapeAsync();
        await PushLiveAsync();
        await Api.PushAsync(ApiRig.Tick(5000, 0));
        (await Api.PostAsync("/api/position_snapshots", $$"""
            {"account_id":"{{Api.Account}}","timestamp":"2025-01-06T01:30:00Z","complete":true,
             "positions":[{"symbol":"CZCE.TA2505","long_position":10,"long_today":0,"long_avg_price":5000,"short_position":0,"short_today":0,"short_avg_price":0}]}
            """)).Status.ShouldBe(HttpStatusCode.OK);
        (await Api.PostAsync("/api/lock/configs", $$"""
            {"account_id":"{{Api.Account}}","symbol":"CZCE.TA2505","direction":"long","trigger_type":"profit","profit_lock_enabled":true,"profit_lock_threshold":10000,"profit_lock_ratio":0.8,"auto_execute":true}
            """)).Status.ShouldBe(HttpStatusCode.Created);
        Armed = await UntilAsync("quantdash_rules_armed", 1);
        await Api.PushAsync(ApiRig.Tick(5001, 1), ApiRig.Tick(5002, 1, "CZCE.XX2505"), ApiRig.Tick(5200, 2), ApiRig.Tick(5200, 3), ApiRig.Tick(5200, 4));
        (await Api.PostAsync("/api/backups", "")).Status.ShouldBe(HttpStatusCode.Created);
        (await Api.PostAsync("/api/jobs/lock-execution/run", "")).Status.ShouldBe(HttpStatusCode.OK);
        await UntilAsync("quantdash_job_runs_total{job=\"lock-execution\",outcome=\"idle\"}", 1);
        await UntilAsync("quantdash_triggers_total{status=\"executed\"}", 1);
        After = await UntilAsync("quantdash_locks_active", 1);
    }

    public Task DisposeAsync()
    {
        Api.Dispose();
        return Task.CompletedTask;
    }

    internal async Task<Scrape> ScrapeAsync()
    {
        using var answer = await Api.Client.GetAsync("/metrics");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; version=0.0.4; charset=utf-8");
        return new(await answer.Content.ReadAsStringAsync());
    }

    private async Task PushLiveAsync()
    {
        var tick = $$"""[{"symbol":"CZCE.TA2505","timestamp":"{{DateTimeOffset.UtcNow:yyyy-MM-ddTHH:mm:ss.fffZ}}","last_price":5000,"volume":1000}]""";
        var (status, body) = await Api.PostAsync("/api/ticks?source=live", tick);
        (status, body.GetProperty("accepted").GetInt32()).ShouldBe((HttpStatusCode.OK, 1), body.ToString());
    }

    private async Task<Scrape> UntilAsync(string sample, double value)
    {
        var patience = Stopwatch.StartNew();
        while (true)
        {
            var scrape = await ScrapeAsync();
            if (scrape[sample] >= value) return scrape;
            patience.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(60), $"{sample} is {scrape[sample]}");
            await Task.Delay(20);
        }
    }
}

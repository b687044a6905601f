using System.Net;
using System.Text.RegularExpressions;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Web.Observability;

public sealed partial class MetricsEndpointTests(MetricsRun run) : IClassFixture<MetricsRun>
{
    /// <summary>What has moved after everything happened once, by at least how much.</summary>
    [Theory]
    [InlineData("quantdash_ticks_accepted_total{source=\"test\"}", 4)]
    [InlineData("quantdash_ticks_rejected_total{source=\"test\",reason=\"off_tick\"}", 1)]
    [InlineData("quantdash_ticks_rejected_total{source=\"test\",reason=\"unknown_symbol\"}", 1)]
    [InlineData("quantdash_tick_to_decision_seconds_count{clock=\"ticks\"}", 1)]
    [InlineData("quantdash_tick_to_decision_seconds_sum{clock=\"ticks\"}", 0.000001)]
    [InlineData("quantdash_tick_to_order_seconds_count{clock=\"ticks\"}", 1)]
    [InlineData("quantdash_rules_fired_total{condition=\"profit\"}", 1)]
    [InlineData("quantdash_triggers_total{status=\"executing\"}", 1)]
    [InlineData("quantdash_triggers_total{status=\"executed\"}", 1)]
    [InlineData("quantdash_orders_total{state=\"intended\"}", 1)]
    [InlineData("quantdash_orders_total{state=\"filled\"}", 1)]
    [InlineData("quantdash_fills_total", 1)]
    [InlineData("quantdash_locks_active", 1)]
    [InlineData("quantdash_journal_commits_total{result=\"ok\"}", 3)]
    [InlineData("quantdash_journal_commit_duration_seconds_count", 3)]
    [InlineData("quantdash_journal_sequence_total", 3)]
    [InlineData("quantdash_audit_head_number", 3)]
    [InlineData("quantdash_http_request_duration_seconds_count{status=\"2xx\"}", 3)]
    [InlineData("quantdash_http_request_duration_seconds_bucket{status=\"2xx\",le=\"+Inf\"}", 3)]
    public void Metric_AfterWhatItCounts_HasMoved(string sample, double by) =>
        ((run.After[sample] ?? 0) - (run.Before[sample] ?? 0)).ShouldBeGreaterThanOrEqualTo(by, sample);

    [Theory]
    [InlineData("quantdash_journal_state{state=\"healthy\"}", 1)]
    [InlineData("quantdash_journal_state{state=\"retrying\"}", 0)]
    [InlineData("quantdash_engine_recovered", 1)]
    [InlineData("quantdash_engine_rebuilds_total", 0)]
    [InlineData("quantdash_orders_unknown", 0)]
    [InlineData("quantdash_orders_open{state=\"unknown\"}", 0)]
    [InlineData("quantdash_triggers_open{status=\"waiting_confirm\"}", 0)]
    [InlineData("quantdash_locks_broken", 0)]
    [InlineData("quantdash_rules{state=\"armed\"}", 0)]
    [InlineData("quantdash_browser_circuits", 0)]
    [InlineData("quantdash_notifications_waiting", 0)]
    [InlineData("quantdash_notifications_attempts_total{result=\"delivered\"}", 0)]
    [InlineData("quantdash_ticks_unrecorded_total", 0)]
    public void Metric_OfAQuietTrader_StandsAt(string sample, double value) => run.After[sample].ShouldBe(value, sample);

    [Fact]
    public void Ages_AreSmallAndKnownOnlyOnceThereIsSomething()
    {
        run.Before["quantdash_feed_age_seconds{source=\"live\"}"].ShouldBeNull();
        run.After["quantdash_feed_age_seconds{source=\"test\"}"].ShouldBeNull("its feed is its clock");
        run.Before["quantdash_backup_age_seconds"].ShouldBeNull();
        run.Armed["quantdash_feed_age_seconds{source=\"live\"}"]!.Value.ShouldBeInRange(0, 60);
        run.After["quantdash_backup_age_seconds"]!.Value.ShouldBeInRange(0, 60);
        run.After["quantdash_trading_turn_age_seconds"]!.Value.ShouldBeInRange(0, 10);
        run.After["quantdash_process_start_time_seconds"]!.Value.ShouldBeGreaterThan(1.7e9);
        run.After["dotnet_process_memory_working_set_bytes"]!.Value.ShouldBeGreaterThan(1e6);
    }

    /// <summary>Symbols and accounts are without number, and none of a scraper's business.</summary>
    [Fact]
    public void Labels_NameNoSymbolAndNoAccount()
    {
        run.After.Text.ShouldNotContain("TA2505");
        run.After.Text.ShouldNotContain(run.Api.Account);
        Label().Matches(run.After.Text).Select(m => m.Groups[1].Value).Distinct().Order(StringComparer.Ordinal).ShouldBe(
            ["clock", "condition", "cpu_mode", "gc_heap_generation", "job", "le", "outcome", "reason", "result", "source", "state", "status", "stream"], ignoreOrder: true);
    }

    [Fact]
    public async Task Metrics_WithoutAKeyThatMayRead_AreRefusedAndNeverRedirected()
    {
        using var client = run.Api.Anonymous();
        using (var answer = await client.GetAsync("/metrics"))
            (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType).ShouldBe((HttpStatusCode.Unauthorized, "application/problem+json"));
        client.DefaultRequestHeaders.Add("X-API-Key", "qd_wrong");
        using (var answer = await client.GetAsync("/metrics")) answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Metrics_WithAKeyThatReads_AsBearer_AreTold()
    {
        var key = await run.Api.PostAsync("/api/keys", """{"name":"prometheus","scopes":["read"]}""");
        key.Status.ShouldBe(HttpStatusCode.Created, key.Body.ToString());
        using var client = run.Api.Anonymous();
        client.DefaultRequestHeaders.Authorization = new("Bearer", key.Body.GetProperty("key").GetString());
        (await client.GetStringAsync("/metrics")).ShouldContain("quantdash_engine_recovered 1");
    }

    [Fact]
    public async Task Probes_AreOpenAndSayOk()
    {
        using var client = run.Api.Anonymous();
        (await client.GetStringAsync("/health/live")).ShouldBe("""{"status":"ok"}""");
        (await client.GetStringAsync("/health/ready")).ShouldBe("""{"status":"ok"}""");
    }

    /// <summary>An alert on a name that nobody tells never rings.</summary>
    [Theory]
    [InlineData("ops/prometheus/rules.yml")]
    [InlineData("ops/grafana/quantdash.json")]
    [InlineData("docs/metrics.md")]
    public void Names_InWhatReadsThem_ExistInAScrape(string file)
    {
        var used = Name().Matches(File.ReadAllText(Path.Combine(TestData.RepositoryRoot, file))).Select(m => m.Value).Distinct().ToList();
        used.Count.ShouldBeGreaterThan(10);
        used.Where(name => !run.After.Names.Contains(name) && !run.After.Names.Contains(Part().Replace(name, ""))).ShouldBeEmpty();
    }

    [Fact]
    public void Document_HasEveryMetric()
    {
        var document = File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "docs/metrics.md"));
        run.After.Names.Where(name => !document.Contains($"`{name}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [PrometheusFact]
    public async Task Promtool_ChecksTheScrape()
    {
        var (exit, output) = await PrometheusTool.RunAsync(run.After.Text, "check", "metrics");
        (exit, output).ShouldBe((0, ""));
    }

    [PrometheusFact]
    public async Task Promtool_ChecksTheRulesAndTheSample()
    {
        var (exit, output) = await PrometheusTool.RunAsync("", "check", "rules", Path.Combine(TestData.RepositoryRoot, "ops/prometheus/rules.yml"));
        exit.ShouldBe(0, output);
        output.ShouldContain("SUCCESS");
        (exit, output) = await PrometheusTool.RunAsync("", "test", "rules", Path.Combine(TestData.RepositoryRoot, "ops/prometheus/rules.test.yml"));
        exit.ShouldBe(0, output);
        (exit, output) = await PrometheusTool.RunAsync("", "check", "config", "--syntax-only", Path.Combine(TestData.RepositoryRoot, "ops/prometheus/prometheus.yml"));
        exit.ShouldBe(0, output);
    }

    [GeneratedRegex("""([a-z_]+)="[^"]*"[,}]""")]
    private static partial Regex Label();

    [GeneratedRegex(@"\bquantdash_[a-z0-9_]*[a-z0-9]\b")]
    private static partial Regex Name();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex Part();
}

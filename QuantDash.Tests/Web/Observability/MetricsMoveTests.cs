namespace QuantDash.Tests.Web.Observability;

/// <summary>Every metric of ours on a fixed list, each seen to move when it should, and the way it should. One that is new and not on the list fails.</summary>
public sealed class MetricsMoveTests(MetricsFaults run) : IClassFixture<MetricsFaults>
{
    /// <summary>A sample, two moments of the run in which everything goes wrong once, and whether it rises between them; missing is less than anything.</summary>
    public static TheoryData<string, string, string, bool> Moves { get; } = new()
    {
        { "quantdash_ticks_accepted_total{source=\"live\"}", "begin", "heard", true },
        { "quantdash_ticks_rejected_total{source=\"test\",reason=\"off_tick\"}", "begin", "refused", true },
        { "quantdash_ticks_rejected_total{source=\"test\",reason=\"unknown_symbol\"}", "begin", "refused", true },
        { "quantdash_ticks_rejected_total{source=\"test\",reason=\"not_positive\"}", "begin", "refused", true },
        { "quantdash_ticks_rejected_total{source=\"test\",reason=\"crossed\"}", "begin", "refused", true },
        { "quantdash_ticks_rejected_total{source=\"test\",reason=\"backwards\"}", "begin", "refused", true },
        { "quantdash_ticks_rejected_total{source=\"live\",reason=\"too_old\"}", "begin", "refused", true },
        { "quantdash_ticks_unrecorded_total", "begin", "flooded", true },
        { "quantdash_tick_queue_depth{source=\"test\"}", "begin", "held", true },
        { "quantdash_tick_queue_depth{source=\"test\"}", "held", "open", false },
        { "quantdash_feed_age_seconds{source=\"live\"}", "begin", "heard", true },
        { "quantdash_feed_age_seconds{source=\"live\"}", "heard", "silent", true },
        { "quantdash_quotes_stale{source=\"live\"}", "heard", "silent", true },
        { "quantdash_tick_to_decision_seconds_count{clock=\"ticks\"}", "begin", "locked", true },
        { "quantdash_tick_to_order_seconds_count{clock=\"ticks\"}", "begin", "locked", true },
        { "quantdash_rules{state=\"armed\"}", "begin", "armed", true },
        { "quantdash_rules{state=\"done\"}", "begin", "locked", true },
        { "quantdash_rules_armed", "begin", "armed", true },
        { "quantdash_rules_armed", "armed", "locked", false },
        { "quantdash_rules_fired_total{condition=\"profit\"}", "begin", "locked", true },
        { "quantdash_triggers_total{status=\"executed\"}", "begin", "locked", true },
        { "quantdash_triggers_open{status=\"executing\"}", "begin", "lost", true },
        { "quantdash_orders_total{state=\"filled\"}", "begin", "locked", true },
        { "quantdash_orders_open{state=\"unknown\"}", "begin", "lost", true },
        { "quantdash_orders_unknown", "begin", "lost", true },
        { "quantdash_fills_total", "begin", "locked", true },
        { "quantdash_locks_active", "begin", "locked", true },
        { "quantdash_locks_active", "locked", "broken", false },
        { "quantdash_locks_broken", "locked", "broken", true },
        { "quantdash_bridges_missing", "begin", "alone", true },
        { "quantdash_engine_recovered", "begin", "lost", false },
        { "quantdash_engine_rebuilds_total", "begin", "rebuilt", true },
        { "quantdash_trading_turn_age_seconds", "open", "held", true },
        { "quantdash_command_queue_depth", "begin", "held", true },
        { "quantdash_journal_state{state=\"retrying\"}", "begin", "shut", true },
        { "quantdash_journal_state{state=\"healthy\"}", "begin", "shut", false },
        { "quantdash_journal_state{state=\"healthy\"}", "shut", "open", true },
        { "quantdash_journal_queue_depth", "open", "shut", true },
        { "quantdash_journal_oldest_age_seconds", "open", "shut", true },
        { "quantdash_journal_commits_total{result=\"failed\"}", "begin", "open", true },
        { "quantdash_journal_commits_total{result=\"ok\"}", "begin", "open", true },
        { "quantdash_journal_commit_duration_seconds_count", "begin", "open", true },
        { "quantdash_journal_sequence_total", "begin", "open", true },
        { "quantdash_audit_head_number", "begin", "open", true },
        { "quantdash_backup_age_seconds", "begin", "kept", true },
        { "quantdash_notifications_waiting", "begin", "unheard", true },
        { "quantdash_notifications_failing", "begin", "unheard", true },
        { "quantdash_notifications_attempts_total{result=\"unavailable\"}", "begin", "unheard", true },
        { "quantdash_browser_circuits", "begin", "looked at", true },
        { "quantdash_browser_circuits", "looked at", "written over", false },
        { "quantdash_streams_open{stream=\"alerts\"}", "begin", "listened", true },
        { "quantdash_streams_open{stream=\"alerts\"}", "listened", "written over", false },
        { "quantdash_streams_messages_total{stream=\"alerts\"}", "begin", "listened", true },
        { "quantdash_streams_closed_slow_total{stream=\"market\"}", "begin", "listened", true },
        { "quantdash_feed_session_seconds_total{source=\"live\"}", "begin", "lived", true },
        { "quantdash_feed_live_seconds_total{source=\"live\"}", "begin", "lived", true },
        { "quantdash_browser_open_seconds_total", "begin", "looked at", true },
        { "quantdash_browser_connected_seconds_total", "begin", "looked at", true },
        { "quantdash_job_runs_total{job=\"audit-verify\",outcome=\"failed\"}", "begin", "written over", true },
        { "quantdash_job_duration_seconds_count{job=\"audit-verify\"}", "begin", "written over", true },
        { "quantdash_job_failures_total{job=\"audit-verify\"}", "begin", "written over", true },
        { "quantdash_http_request_duration_seconds_count{status=\"2xx\"}", "begin", "heard", true },
        { "dotnet_gc_heap_total_allocated_bytes_total", "begin", "heard", true },
        { "dotnet_gc_collections_total{gc_heap_generation=\"gen2\"}", "open", "rebuilt", true },
    };

    /// <summary>Says when the process began, and nothing else, ever.</summary>
    private static readonly string[] Constant = ["quantdash_process_start_time_seconds"];

    [Theory]
    [MemberData(nameof(Moves))]
    public void Metric_WhenItShould_Moves(string sample, string from, string to, bool rises)
    {
        var (before, after) = (run[from][sample] ?? double.NegativeInfinity, run[to][sample] ?? double.NegativeInfinity);
        if (rises) after.ShouldBeGreaterThan(before, $"{sample} from '{from}' to '{to}'");
        else after.ShouldBeLessThan(before, $"{sample} from '{from}' to '{to}'");
    }

    [Fact]
    public void Metrics_OfOurs_AreAllOnTheList()
    {
        var listed = Moves.Select(row => Named((string)row[0])).Concat(Constant).ToHashSet(StringComparer.Ordinal);
        run["rebuilt"].Names.Concat(run["written over"].Names).Where(name => name.StartsWith("quantdash_", StringComparison.Ordinal)).Distinct()
            .Where(name => !listed.Contains(name)).ShouldBeEmpty();
    }

    private static string Named(string sample)
    {
        var name = sample.Split('{')[0];
        return name.EndsWith("_count", StringComparison.Ordinal) ? name[..^"_count".Length] : name;
    }
}

using QuantDash.Tests.Web.Observability;

namespace QuantDash.Tests.Soak;

/// <summary>The program at one moment, right after a full collection, while no tick was under way.</summary>
/// <param name="At">Since the feed began.</param>
/// <param name="Heap">Bytes that are held on to: the heap without its holes.</param>
/// <param name="Size">Bytes of the heap, holes included.</param>
/// <param name="Memory">Bytes of the process.</param>
/// <param name="Handles">Open file descriptors.</param>
/// <param name="Threads">Of the process.</param>
/// <param name="Queued">What waits in any queue: batches of ticks, commands, writes, messages, and work of the pool.</param>
/// <param name="Forced">What the collection that was asked for stopped everything for, seconds.</param>
/// <param name="Paused">What collections stopped everything for since the sample before, those that were asked for apart; seconds.</param>
/// <param name="Collections">Full collections since then, those that were asked for apart.</param>
internal sealed record SoakSample(
    TimeSpan At, double Heap, double Size, double Memory, int Handles, int Threads, double Queued, double Forced, double Paused, double Collections, Scrape Metrics)
{
    private static readonly string[] Queues =
    [
        $"quantdash_tick_queue_depth{{source=\"{SoakFeed.Source}\"}}", "quantdash_command_queue_depth", "quantdash_journal_queue_depth", "quantdash_notifications_waiting",
        "dotnet_thread_pool_queue_length",
    ];

    private static readonly string[] Generations = ["gen0", "gen1", "gen2", "loh", "poh"];

    /// <param name="at">Since the feed began.</param>
    /// <param name="processId">Of the program.</param>
    /// <param name="busy">While ticks came in.</param>
    /// <param name="before">Just before the collection.</param>
    /// <param name="after">Just after it.</param>
    /// <param name="last">The sample before.</param>
    public static SoakSample Of(TimeSpan at, int processId, Scrape busy, Scrape before, Scrape after, SoakSample? last)
    {
        var size = Sum(after, "dotnet_gc_last_collection_heap_size_bytes");
        var live = size - Sum(after, "dotnet_gc_last_collection_heap_fragmentation_size_bytes");
        var status = File.ReadAllLines($"/proc/{processId}/status");
        return new(
            at, live, size, Line("VmRSS:") * 1024, Directory.GetFiles($"/proc/{processId}/fd").Length, (int)Line("Threads:"), Queues.Sum(queue => busy[queue] ?? 0),
            Pauses(after) - Pauses(before), last is null ? 0 : Pauses(before) - Pauses(last.Metrics), last is null ? 0 : Full(before) - Full(last.Metrics), after);

        double Line(string name) => double.Parse(
            status.Single(line => line.StartsWith(name, StringComparison.Ordinal)).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Full collections so far.</summary>
    public static double Full(Scrape scrape) => scrape["dotnet_gc_collections_total{gc_heap_generation=\"gen2\"}"] ?? 0;

    /// <summary>Below which 99 of 100 firings were decided after their tick, between two scrapes: from the histogram, in proportion within the bucket that it falls into, as Prometheus does; null
    /// without firings.</summary>
    public static double? Slowest(Scrape from, Scrape to)
    {
        const string name = "quantdash_tick_to_decision_seconds";
        var wanted = 0.99 * Between($"{name}_count{{clock=\"wall\"}}");
        if (wanted <= 0) return null;
        var (lower, below) = (0d, 0d);
        foreach (var bound in Bounds)
        {
            var upTo = Between($"{name}_bucket{{clock=\"wall\",le=\"{Text(bound)}\"}}");
            if (upTo >= wanted) return lower + ((bound - lower) * (wanted - below) / (upTo - below));
            (lower, below) = (bound, upTo);
        }
        return double.PositiveInfinity;

        double Between(string sample) => (to[sample] ?? 0) - (from[sample] ?? 0);
    }

    private static readonly double[] Bounds = [0.00001, 0.000025, 0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];

    private static string Text(double bound) => bound.ToString("R", System.Globalization.CultureInfo.InvariantCulture);

    private static double Pauses(Scrape scrape) => scrape["dotnet_gc_pause_time_seconds_total"] ?? 0;

    private static double Sum(Scrape scrape, string name) => Generations.Sum(generation => scrape[$"{name}{{gc_heap_generation=\"{generation}\"}}"] ?? 0);
}

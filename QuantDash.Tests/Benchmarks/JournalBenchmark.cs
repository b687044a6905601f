using System.Diagnostics;
using QuantDash.Core.Engine;
using QuantDash.Tests.Web.Adapters.Storage;

namespace QuantDash.Tests.Benchmarks;

/// <summary>What it takes to make a firing durable: trigger, order intent and rule state handed to the journal, until the writer says that they
/// are on the disk.</summary>
internal static class JournalBenchmark
{
    private const int Commits = 3000;

    public static IReadOnlyList<BenchmarkRow> Run() => RunAsync().GetAwaiter().GetResult();

    private static async Task<IReadOnlyList<BenchmarkRow>> RunAsync()
    {
        await using var storage = await StorageRig.SqliteAsync();
        var some = new StorageSamples(1);
        using var durable = new SemaphoreSlim(0);
        storage.Journal.Committed += _ => durable.Release();
        var times = new double[Commits];
        for (var i = -500; i < Commits; i++)
        {
            var rule = some.Id();
            var trigger = some.Trigger(rule);
            JournalBatch batch = new(
                i + 501,
                [new JournalChange.TriggerSaved(trigger), new JournalChange.OrderSaved(some.Order()), new JournalChange.RuleStateSaved(some.State(rule))]);
            var start = Stopwatch.GetTimestamp();
            storage.Journal.Append(batch);
            durable.Wait();
            if (i >= 0) times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(times);
        return
        [
            new("trigger, intent and state durable on SQLite, p50", times[Commits / 2], Budget: 0.15, "ms"),
            new("trigger, intent and state durable on SQLite, p99", times[Commits * 99 / 100], Budget: 0.5, "ms"),
        ];
    }
}

using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using QuantDash.Core.Engine;
using QuantDash.Tests.Benchmarks;
using QuantDash.Tests.Core.Engine;
using QuantDash.Web.Trading;

namespace QuantDash.Tests.Web.Trading;

/// <summary>The machine's clock was wrong, and is corrected under a running trader.</summary>
public sealed class ClockSetBackTests
{
    [Fact]
    public async Task Timer_AfterTheClockWasSetBackByHours_RunsOn()
    {
        using var meter = new Meter("unheard");
        var clock = new CorrectedClock();
        var journal = new MemoryJournal();
        using var runtime = new TradingRuntime(EngineLoad.NewEngine, journal, new Nothing(), EngineLoad.Catalog, new(meter, clock), clock, NullLogger<TradingRuntime>.Instance);
        await runtime.StartAsync(CancellationToken.None);
        await runtime.RunAsync((_, _) => 0);

        clock.Ahead = TimeSpan.FromHours(-8);
        var since = runtime.Snapshots.Current;
        await runtime.RunAsync((_, _) => 0);
        // The timer publishes what a command changed.
        for (var waited = 0; ReferenceEquals(runtime.Snapshots.Current, since) && waited < 200; waited++)
        {
            await runtime.RunAsync((_, _) => 0);
            await Task.Delay(10);
        }

        runtime.Snapshots.Current.ShouldNotBeSameAs(since);
        await runtime.StopAsync(CancellationToken.None);
    }

    private sealed class CorrectedClock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
    }

    private sealed class Nothing : IRecoverySource
    {
        public Task<RecoveredState> LoadAsync(CancellationToken stop) => Task.FromResult(RecoveredState.Empty);
    }
}

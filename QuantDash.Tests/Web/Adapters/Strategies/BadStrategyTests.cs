using System.Diagnostics;
using QuantDash.Core.Backtesting;
using QuantDash.Core.Strategies;
using QuantDash.Core.Strategies.Sandbox;
using QuantDash.Web.Adapters.Strategies;
using static QuantDash.Tests.Core.Backtesting.BacktestSamples;

namespace QuantDash.Tests.Web.Adapters.Strategies;

/// <summary>Strategies that go wrong in every way, in real processes: each ends with a reason, and this process goes on.</summary>
public sealed class BadStrategyTests(BadStrategies strategies) : IClassFixture<BadStrategies>
{
    private readonly UserStrategyFolder _folder = strategies.Folder;

    [Fact]
    public async Task Exception_IsReportedWithTypeMessageAndStack()
    {
        var failed = await FailAsync("throws");
        var guest = failed.InnerException.ShouldBeOfType<StrategyGuestException>();
        (guest.Type, guest.Message).ShouldBe(("System.InvalidOperationException", "System.InvalidOperationException: the fourth bar"));
        guest.Stack.ShouldContain("at Throws.OnBar(");
        failed.At.ShouldBe(Bars(20).EndOf(3));
    }

    [Theory]
    [InlineData("loops")]
    [InlineData("loops-at-start")]
    public async Task EndlessLoop_IsKilledAtItsDeadline(string name)
    {
        var clock = Stopwatch.StartNew();
        var gone = (await FailAsync(name)).InnerException.ShouldBeOfType<StrategyProcessException>();
        gone.End.ShouldBe(ProcessEnd.TooSlow);
        gone.Message.ShouldContain("did not answer within");
        clock.Elapsed.ShouldBeGreaterThan(TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task MemoryHog_EndsAtItsHeapLimit()
    {
        var failed = await FailAsync("hogs");
        (failed.InnerException is StrategyGuestException { Type: "System.OutOfMemoryException" } or StrategyProcessException { End: ProcessEnd.Ended }).ShouldBeTrue(failed.ToString());
    }

    [Fact]
    public async Task MemoryHog_BesideTheHeap_IsKilled() =>
        (await FailAsync("hogs-outside")).InnerException.ShouldBeOfType<StrategyProcessException>().End.ShouldBeOneOf(ProcessEnd.TooLarge, ProcessEnd.TooSlow);

    [Fact]
    public async Task Exit_IsAnEndWithItsCode()
    {
        var gone = (await FailAsync("exits")).InnerException.ShouldBeOfType<StrategyProcessException>();
        (gone.End, gone.Message).ShouldBe((ProcessEnd.Ended, "Its process ended by itself with code 7."));
    }

    [Fact]
    public async Task Crash_IsAnEndWithWhatItPrintedLast()
    {
        var gone = (await FailAsync("thread")).InnerException.ShouldBeOfType<StrategyProcessException>();
        gone.End.ShouldBe(ProcessEnd.Ended);
        gone.LogTail.ShouldContain("on a thread");
    }

    /// <summary>The runtime prints the whole stack before it dies, which a busy machine may not wait for.</summary>
    [Fact]
    public async Task StackOverflow_IsAnEnd() =>
        (await FailAsync("overflows")).InnerException.ShouldBeOfType<StrategyProcessException>().End.ShouldBeOneOf(ProcessEnd.Ended, ProcessEnd.TooSlow);

    [Fact]
    public async Task StandardOutputAndInput_AreNotTheProtocols()
    {
        var result = await RunAsync("prints");
        result.Log.Select(line => line.Message).Distinct().ShouldBe(["read: nothing", "read: -1"]);
        result.Log.Count.ShouldBe(40);
    }

    [Fact]
    public async Task FloodOfOrders_EndsTheStrategy() => (await FailAsync("floods-orders")).Message.ShouldContain("More than 1000 orders in one event.");

    [Fact]
    public async Task FloodOfLines_IsCutShort()
    {
        var result = await RunAsync("floods-lines");
        result.Log.Count.ShouldBe(20 * 201);
        result.Log[200].Message.ShouldBe("… and 4800 lines more in this event.");
    }

    [Fact]
    public async Task Environment_HoldsNothingOfOurs()
    {
        Environment.SetEnvironmentVariable("QuantDash__Auth__AdminPassword", "a-secret-of-ours");
        try
        {
            var seen = (await RunAsync("looks")).Log.Select(line => line.Message).Distinct().ToList();
            seen.ShouldContain("env DOTNET_GCHeapHardLimit");
            seen.Where(name => name.Contains("QuantDash", StringComparison.OrdinalIgnoreCase) || name.Contains("Postgres", StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();
        }
        finally
        {
            Environment.SetEnvironmentVariable("QuantDash__Auth__AdminPassword", null);
        }
    }

    [Fact]
    public async Task BadOnes_LeaveTheGoodOneAlone()
    {
        var good = Task.Run(() => RunAsync("my-strategy", 2000));
        await Task.WhenAll(((string[])["throws", "loops", "exits"]).Select(name => Task.Run(() => FailAsync(name))));
        var result = await good;
        result.Fills.ShouldBeGreaterThan(300);
        var direct = Backtest.Run(Direct, Direct.Bind([]).Value, Stock(), Bars(2000), Options);
        (result.FinalEquity, result.Fills).ShouldBe((direct.FinalEquity, direct.Fills));
    }

    /// <summary>Killed with nobody to read its input's end: an endless loop must not outlive us.</summary>
    [Fact]
    public async Task Process_WhoseParentIsGone_Ends()
    {
        var file = (await _folder.LookAsync()).Single(one => one.File == "Good.dll");
        using var parent = Process.Start("sleep", "600");
        var start = StrategyLaunch.Of(new(Path.Combine(_folder.Path, file.File), file.Version, _folder.Options, TimeProvider.System));
        start.ArgumentList[^1] = $"{parent.Id}";
        using var child = Process.Start(start)!;
        parent.Kill();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await child.WaitForExitAsync(patience.Token);
    }

    /// <summary>The same strategy as in <see cref="UserStrategySources.Good"/>, in this process.</summary>
    private static StrategyDefinition Direct => Definition(() =>
    {
        var bars = 0;
        return new EveryBar((context, instrument) =>
        {
            bars++;
            if (context.IsWarmingUp) return;
            if (bars % 10 == 0) context.Place(OrderIntent.BuyOpen(instrument, 1m));
            if (bars % 10 == 5 && instrument.Net > 0m) context.MoveTo(instrument, 0m);
        });
    }, 2);

    private static BacktestBars Bars(int count) => Flat(0.01m, 100, [.. Enumerable.Range(0, count).Select(i => 1000L + (i % 7))]);

    private async Task<BacktestResult> RunAsync(string name, int bars = 20)
    {
        var definition = await _folder.DefinitionAsync(name);
        return Backtest.Run(definition, definition.Bind([]).Value, Stock(), Bars(bars), Options);
    }

    private Task<StrategyFailedException> FailAsync(string name) => Should.ThrowAsync<StrategyFailedException>(() => RunAsync(name));

    private sealed class EveryBar(Action<IStrategyContext, IStrategyInstrument> act) : Strategy
    {
        public override void OnBar(IStrategyContext context, IStrategyInstrument instrument, in StrategyBar bar) => act(context, instrument);
    }
}

/// <summary>Compiled once for all tests.</summary>
public sealed class BadStrategies : IAsyncLifetime
{
    internal UserStrategyFolder Folder { get; } = new(deadlineSeconds: 4);

    public async Task InitializeAsync()
    {
        await Folder.AddAsync("Bad", UserStrategySources.Bad);
        await Folder.AddAsync("Good", UserStrategySources.Good);
    }

    public Task DisposeAsync()
    {
        Folder.Dispose();
        return Task.CompletedTask;
    }
}

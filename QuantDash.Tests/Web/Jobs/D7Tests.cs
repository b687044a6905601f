using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;
using QuantDash.Tests.Web.Api;
using QuantDash.Web.Jobs;
using QuantDash.Web.Trading;

namespace QuantDash.Tests.Web.Jobs;

/// <summary>RELIABILITY.md D7: every processor is kept busy while the trading thread goes on. How fast it goes on is measured by <c>bench starvation</c>, not here.</summary>
[Trait(Profile.Reliability, "D7")]
public sealed class D7Tests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task EveryProcessorBusy_TheTradingThreadTakesEveryTick_AndTheLanesGiveWay()
    {
        using var api = await new ApiRig().ReadyAsync();
        var lanes = api.Services.GetRequiredService<ComputeLanes>();
        lanes.Lanes.Count.ShouldBe(Environment.ProcessorCount);
        using var stop = new CancellationTokenSource();
        var burning = Enumerable.Range(0, lanes.Lanes.Count * 2).Select(_ => lanes.RunAsync("burn", Burn, stop.Token)).ToList();
        await ReachedAsync(() => lanes.Lanes.All(lane => lane.Turn is { Progress: > 0 }), "every lane burns");
        lanes.Waiting.ShouldBe(lanes.Lanes.Count);
        if (OperatingSystem.IsLinux())
            lanes.Lanes.Select(lane => NicenessOf(lane.Thread.Id)).ShouldAllBe(nice => nice == ComputeLanes.Niceness);

        for (var second = 0; second < 50; second++)
            (await api.PushAsync(ApiRig.Tick(5500 + (2 * (second % 5)), second))).GetProperty("accepted").GetInt32().ShouldBe(1);
        var runtime = api.Services.GetRequiredService<TradingRuntime>();
        (await runtime.ReadAsync((engine, now) => engine.Snapshot(now))).Sources.Single(source => source.Source.Name == new SourceName("test")).Accepted.ShouldBe(50);
        lanes.Lanes.ShouldAllBe(lane => lane.Turn != null, "and they burnt all the while");

        await stop.CancelAsync();
        foreach (var work in burning) await Should.ThrowAsync<OperationCanceledException>(() => work.WaitAsync(Bound));
        await ReachedAsync(() => lanes.Lanes.All(lane => lane.Turn is null) && lanes.Waiting == 0, "every lane is free again");
        (await lanes.RunAsync("after", turn => turn.Name).WaitAsync(Bound)).ShouldBe("after");
    }

    [Fact]
    public async Task Work_TellsItsProgress_ItsFailureIsItsOwn_AndWhatIsTakenBackBeforeItsTurnNeverRuns()
    {
        using var lanes = new ComputeLanes(1);
        using var release = new ManualResetEventSlim();
        using var stop = new CancellationTokenSource();
        var first = lanes.RunAsync("first", turn =>
        {
            turn.Report(0.5);
            release.Wait(Bound);
            return 1;
        });
        var ran = false;
        var second = lanes.RunAsync("second", _ => ran = true, stop.Token);
        await ReachedAsync(() => lanes.Lanes[0].Turn is { Progress: 0.5 }, "the first is halfway");
        await stop.CancelAsync();
        release.Set();
        (await first.WaitAsync(Bound)).ShouldBe(1);
        await Should.ThrowAsync<OperationCanceledException>(() => second.WaitAsync(Bound));
        ran.ShouldBeFalse();
        (await Should.ThrowAsync<InvalidOperationException>(() => lanes.RunAsync<int>("broken", _ => throw new InvalidOperationException("its own")).WaitAsync(Bound))).Message.ShouldBe("its own");
        (await lanes.RunAsync("next", _ => 2).WaitAsync(Bound)).ShouldBe(2);
    }

    [Fact]
    public async Task Dispose_TakesEverythingBack()
    {
        var lanes = new ComputeLanes(1);
        var burning = lanes.RunAsync("burn", Burn);
        lanes.Dispose();
        await Should.ThrowAsync<OperationCanceledException>(() => burning.WaitAsync(Bound));
    }

    private static async Task ReachedAsync(Func<bool> condition, string what) => (await TradingClient.EventuallyAsync(() => Task.FromResult(condition()), reached => reached)).ShouldBeTrue(what);

    /// <summary>Never ends by itself.</summary>
    private static double Burn(ComputeTurn turn)
    {
        var sum = 0.0;
        for (var i = 1; ; i++)
        {
            sum += Math.Sqrt(i);
            if (i % 10_000 == 0) turn.Report(1 - (1.0 / i));
        }
    }

    private static int NicenessOf(int thread)
    {
        var text = File.ReadAllText($"/proc/self/task/{thread.ToString(CultureInfo.InvariantCulture)}/stat");
        return int.Parse(text[(text.LastIndexOf(')') + 2)..].Split(' ')[16], CultureInfo.InvariantCulture);
    }
}

using Microsoft.Extensions.Logging.Abstractions;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Core.Markets;
using QuantDash.Tests.Support;
using QuantDash.Web.Adapters.Storage.Ticks;
using QuantDash.Web.Features.Replay;
using QuantDash.Web.Trading;

namespace QuantDash.Tests.Web.Features.Replay;

public sealed class ReplayServiceTests : IAsyncDisposable
{
    private static readonly SourceName From = new("history");
    private static readonly SourceName To = new("replay");
    private static readonly DateOnly Monday = new(2025, 3, 3);
    private readonly TempFolder _folder = new();
    private readonly TickArchive _archive;
    private readonly FakeTimeProvider _clock = new();
    private readonly List<(DateTimeOffset At, SymbolTick Tick)> _pushed = [];
    private readonly ReplayService _service;
    private TaskCompletionSource? _full;

    public ReplayServiceTests()
    {
        _archive = new TickArchive(_folder.Path);
        _service = new ReplayService(_archive, _clock, NullLogger<ReplayService>.Instance, PushAsync);
    }

    public async ValueTask DisposeAsync()
    {
        _full?.TrySetResult();
        await _service.DisposeAsync();
        _archive.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Start_MaximumSpeed_PushesEveryTickInOrderOfTime()
    {
        Store("CZCE.TA2505", 2m, 2000);
        Store("DCE.v2505", 1m, 1000, shiftMilliseconds: 250);

        var replay = _service.Start(Request(null)).Value;
        var end = await EndAsync(replay.Id);

        (end.State, end.Played, end.Accepted, end.Progress).ShouldBe((ReplayState.Finished, 3000, 3000, 1.0));
        _pushed.Select(p => p.Tick.Tick.Timestamp).ShouldBeInOrder();
        _pushed.Where(p => p.Tick.Symbol == "DCE.v2505").Select(p => p.Tick.Tick.LastPrice).ShouldBe(Enumerable.Range(0, 1000).Select(i => 2700.0 + (i % 10)));
    }

    [Theory]
    [InlineData(1, 10)]
    [InlineData(10, 1)]
    [InlineData(60, 10.0 / 60)]
    public async Task Start_AtASpeed_TakesThatTime(double speed, double seconds)
    {
        Store("CZCE.TA2505", 2m, 21);
        var began = _clock.GetUtcNow();

        var replay = _service.Start(Request(speed)).Value;
        await UntilOverAsync(replay.Id, TimeSpan.FromMilliseconds(10));

        _pushed.Count.ShouldBe(21);
        (_pushed[^1].At - began).TotalSeconds.ShouldBeInRange(seconds, seconds + 0.05);
        (_pushed[10].At - began).TotalSeconds.ShouldBeInRange(seconds / 2, (seconds / 2) + 0.05);
    }

    [Fact]
    public async Task Pause_StandsStillUntilResumed()
    {
        Store("CZCE.TA2505", 2m, 21);
        var replay = _service.Start(Request(1)).Value;
        await PushedAsync(1);

        _service.Pause(replay.Id).Value.State.ShouldBe(ReplayState.Paused);
        await StepAsync(TimeSpan.FromMinutes(5), 3);
        _pushed.Count.ShouldBe(1);

        _service.Resume(replay.Id).Value.State.ShouldBe(ReplayState.Playing);
        await UntilOverAsync(replay.Id, TimeSpan.FromMilliseconds(100));
        _pushed.Count.ShouldBe(21);
    }

    [Fact]
    public async Task Seek_SkipsForwardsAndNeverBack()
    {
        Store("CZCE.TA2505", 2m, 21);
        var replay = _service.Start(Request(1)).Value;
        await PushedAsync(1);

        _service.Seek(replay.Id, MarketSamples.Noon.AddSeconds(8)).Succeeded.ShouldBeTrue();
        await UntilOverAsync(replay.Id, TimeSpan.FromMilliseconds(100));

        _pushed.Select(p => (p.Tick.Tick.Timestamp - MarketSamples.Noon).TotalSeconds).ShouldBe([0, 8, 8.5, 9, 9.5, 10]);
        _service.Seek(replay.Id, MarketSamples.Noon).Problems[0].Code.ShouldBe("already_final");
    }

    [Fact]
    public async Task Seek_Backwards_IsRefused()
    {
        Store("CZCE.TA2505", 2m, 21);
        var replay = _service.Start(Request(1)).Value;
        await PushedAsync(1);

        _service.Seek(replay.Id, MarketSamples.Noon.AddSeconds(-1)).Problems[0].Code.ShouldBe("seek_backwards");
    }

    [Fact]
    public async Task SetSpeed_WhilePlaying_CountsFromHere()
    {
        Store("CZCE.TA2505", 2m, 100_000);
        var replay = _service.Start(Request(1)).Value;
        await PushedAsync(1);

        _service.SetSpeed(replay.Id, null).Value.Speed.ShouldBeNull();

        (await EndAsync(replay.Id)).Played.ShouldBe(100_000);
    }

    [Fact]
    public async Task Stop_EndsInTheMiddle()
    {
        Store("CZCE.TA2505", 2m, 21);
        var replay = _service.Start(Request(1)).Value;
        await PushedAsync(1);

        (await _service.StopAsync(replay.Id)).Value.State.ShouldBe(ReplayState.Stopped);
        _pushed.Count.ShouldBe(1);
        _service.Start(Request(1)).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task Start_FullTradingThread_WaitsInsteadOfRunningAhead()
    {
        Store("CZCE.TA2505", 2m, 2000);
        _full = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var replay = _service.Start(Request(null)).Value;
        await PushedAsync(1);
        _pushed.Count.ShouldBeLessThan(2000);
        _full.SetResult();
        (await EndAsync(replay.Id)).Played.ShouldBe(2000);
    }

    [Fact]
    public void Start_NothingStored_SaysSo() => _service.Start(Request(null)).Problems.ShouldHaveSingleItem().Code.ShouldBe("no_ticks");

    [Fact]
    public async Task Start_SourceInUse_IsRefused()
    {
        Store("CZCE.TA2505", 2m, 21);
        _service.Start(Request(1)).Succeeded.ShouldBeTrue();
        await PushedAsync(1);
        _service.Start(Request(1)).Problems.ShouldHaveSingleItem().Code.ShouldBe("in_use");
    }

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static ReplayRequest Request(double? speed) => new(From, To, [], Monday, speed);

    private void Store(string symbol, decimal priceTick, int count, int shiftMilliseconds = 0)
    {
        var ticks = Enumerable.Range(0, count).Select(i => new Tick
        {
            OccurredAt = MarketSamples.Noon.AddMilliseconds((i * 500) + shiftMilliseconds), ReceivedAt = MarketSamples.Noon, LastTicks = 2700 + (i % 10),
        }).ToArray();
        _archive.Append(From, MarketSamples.Contract(symbol, priceTick), Monday, ticks);
    }

    private async Task<TickBatchResult> PushAsync(SourceName source, IReadOnlyList<SymbolTick> ticks, CancellationToken stop)
    {
        source.ShouldBe(To);
        lock (_pushed) _pushed.AddRange(ticks.Select(t => (_clock.GetUtcNow(), t)));
        if (_full is { } full) await full.Task.WaitAsync(stop);
        return new(ticks.Count, 0, new Dictionary<TickReject, int>());
    }

    /// <summary>The replay runs on a pool thread and sleeps on the fake clock: the clock moves on once it sleeps.</summary>
    private async Task UntilOverAsync(Guid id, TimeSpan step)
    {
        var patience = System.Diagnostics.Stopwatch.StartNew();
        while (!_service.Find(id)!.Current.IsOver)
        {
            patience.Elapsed.ShouldBeLessThan(Patience);
            if (_clock.WaitingTimers > 0) _clock.Advance(step);
            else await Task.Delay(1); // It pushes, or does not sleep yet.
        }
    }

    private async Task StepAsync(TimeSpan step, int times)
    {
        for (var i = 0; i < times; i++)
        {
            for (var spin = 0; spin < 50 && _clock.WaitingTimers == 0; spin++) await Task.Delay(1);
            _clock.Advance(step);
            await Task.Yield();
        }
    }

    private async Task PushedAsync(int count)
    {
        var patience = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            lock (_pushed)
            {
                if (_pushed.Count >= count) return;
            }

            patience.Elapsed.ShouldBeLessThan(Patience);
            await Task.Delay(1);
        }
    }

    private async Task<ReplayStatus> EndAsync(Guid id)
    {
        var patience = System.Diagnostics.Stopwatch.StartNew();
        for (; !_service.Find(id)!.Current.IsOver; await Task.Delay(1)) patience.Elapsed.ShouldBeLessThan(Patience);
        return _service.Find(id)!.Current;
    }
}

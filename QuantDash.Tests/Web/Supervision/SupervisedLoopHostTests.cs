using Microsoft.Extensions.Logging.Abstractions;
using QuantDash.Core.Engine;
using QuantDash.Tests.Support;
using QuantDash.Web.Supervision;

namespace QuantDash.Tests.Web.Supervision;

public sealed class SupervisedLoopHostTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new();
    private readonly LoopRoster _roster = new();
    private readonly SampleLoop _loop = new();
    private readonly List<ServiceStatus> _told = [];
    private readonly SupervisedLoopHost _host;

    public SupervisedLoopHostTests()
    {
        _roster.Failed += _told.Add;
        _host = new(_loop, _roster, _clock, NullLogger<SupervisedLoopHost>.Instance);
    }

    public Task InitializeAsync() => _host.StartAsync(CancellationToken.None);

    public async Task DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
    }

    /// <summary>Seed 001, section 5: one loop's exception must end neither the process nor its own work.</summary>
    [Fact]
    public async Task Failure_OfARun_IsToldAndFollowedByAnotherAfterPausesThatGrow()
    {
        foreach (var pause in (int[])[1, 2, 4, 8, 16, 32, 60, 60])
        {
            await _loop.BegunAsync();
            var told = _told.Count;
            _loop.Fail("the disk is gone");
            await UntilAsync(() => _told.Count == told + 1 && _clock.WaitingTimers > 0);
            _host.Status.ShouldSatisfyAllConditions(s => s.State.ShouldBe("failed"), s => s.LastError.ShouldBe("the disk is gone"), s => s.Restarts.ShouldBe(told + 1));
            _clock.Advance(TimeSpan.FromSeconds(pause) - TimeSpan.FromMilliseconds(1));
            _loop.HasBegun.ShouldBeFalse($"the pause is {pause} s");
            _clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        await _loop.BegunAsync();
        _host.Status.State.ShouldBe("running");
    }

    [Fact]
    public async Task Failure_AfterAGoodRun_IsPausedForAsBrieflyAsTheFirst()
    {
        await _loop.BegunAsync();
        _loop.Fail("once");
        await UntilAsync(() => _clock.WaitingTimers > 0);
        _clock.Advance(SupervisedLoopHost.ShortestPause);
        await _loop.BegunAsync();
        _clock.Advance(SupervisedLoopHost.GoodRun);
        _loop.Fail("again");
        await UntilAsync(() => _told.Count == 2 && _clock.WaitingTimers > 0);
        _clock.Advance(SupervisedLoopHost.ShortestPause);
        await _loop.BegunAsync();
    }

    [Fact]
    public async Task Stop_ByHand_StaysUntilItIsStarted()
    {
        await _loop.BegunAsync();
        _host.Start().ShouldBeFalse("it runs");
        _host.Stop().ShouldBeTrue();
        await UntilAsync(() => _host.Status.State == "stopped");
        (_host.Stop(), _host.Restart()).ShouldBe((false, false));
        _clock.Advance(TimeSpan.FromHours(1));
        _loop.HasBegun.ShouldBeFalse();

        _host.Start().ShouldBeTrue();
        await _loop.BegunAsync();
        (_host.Status.State, _host.Status.Restarts, _told.Count).ShouldBe(("running", 0, 0));
    }

    [Fact]
    public async Task Restart_WhileItPauses_BeginsAtOnce()
    {
        await _loop.BegunAsync();
        _loop.Fail("broken");
        await UntilAsync(() => _clock.WaitingTimers > 0);
        _host.Restart().ShouldBeTrue();
        await _loop.BegunAsync();
        _host.Status.State.ShouldBe("running");
    }

    [Fact]
    public async Task Status_WithoutABeatForTooLong_IsStalled_AndWithTroubleFailed()
    {
        await _loop.BegunAsync();
        _clock.Advance(TimeSpan.FromSeconds(31));
        _host.Status.State.ShouldBe("stalled");
        _loop.Pulse!.Beat();
        _host.Status.State.ShouldBe("running");
        _loop.Trouble = "the receiver is away";
        (_host.Status.State, _host.Status.LastError).ShouldBe(("failed", "the receiver is away"));
    }

    [Fact]
    public void Enter_SameNameTwice_IsRefused()
        => Should.Throw<InvalidOperationException>(() => new SupervisedLoopHost(new SampleLoop(), _roster, _clock, NullLogger<SupervisedLoopHost>.Instance));

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition()) await Task.Delay(5, patience.Token);
    }

    private sealed class SampleLoop : ISupervisedLoop
    {
        private readonly SemaphoreSlim _begun = new(0);
        private TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string ServiceName => "sample";

        public string? Trouble { get; set; }

        public TimeSpan? LongestTurn => TimeSpan.FromSeconds(30);

        public LoopPulse? Pulse { get; private set; }

        public bool HasBegun => _begun.CurrentCount > 0;

        public async Task BegunAsync() => (await _begun.WaitAsync(TimeSpan.FromSeconds(20))).ShouldBeTrue();

        public void Fail(string message) => _end.SetException(new IOException(message));

        public async Task RunAsync(LoopPulse pulse, CancellationToken stop)
        {
            Pulse = pulse;
            _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _begun.Release();
            await _end.Task.WaitAsync(stop);
        }
    }
}

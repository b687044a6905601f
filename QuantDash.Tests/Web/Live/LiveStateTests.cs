using QuantDash.Tests.Support;
using QuantDash.Web.Live;

namespace QuantDash.Tests.Web.Live;

public sealed class LiveStateTests
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);
    private readonly FakeTimeProvider _clock = new();
    private readonly LiveState<string> _state = new("first");

    [Fact]
    public async Task WatchAsync_FirstRead_GivesTheCurrentValueAtOnce()
    {
        await using var reader = _state.WatchAsync(Pace, _clock).GetAsyncEnumerator();

        (await reader.MoveNextAsync()).ShouldBeTrue();

        reader.Current.ShouldBe("first");
    }

    [Fact]
    public async Task WatchAsync_ManyPublishedWithinOnePace_GivesOnlyTheLast()
    {
        await using var reader = _state.WatchAsync(Pace, _clock).GetAsyncEnumerator();
        await reader.MoveNextAsync();
        var next = reader.MoveNextAsync().AsTask();
        foreach (var value in new[] { "a", "b", "c" }) _state.Publish(value);

        _clock.Advance(Pace - TimeSpan.FromMilliseconds(1));
        next.IsCompleted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        (await next.WaitAsync(Patience)).ShouldBeTrue();
        reader.Current.ShouldBe("c");
    }

    [Theory]
    [InlineData(0, 200)]
    [InlineData(60, 140)]
    [InlineData(190, 50)] // A rest of a quarter at least: a reader that is slower than the pace does not take the machine.
    [InlineData(500, 50)]
    public async Task WatchAsync_TimeTheReaderTook_IsPartOfThePace(int takenMilliseconds, int restMilliseconds)
    {
        await using var reader = _state.WatchAsync(Pace, _clock).GetAsyncEnumerator();
        await reader.MoveNextAsync();
        _clock.Advance(TimeSpan.FromMilliseconds(takenMilliseconds));
        _state.Publish("second");

        var next = reader.MoveNextAsync().AsTask();
        _clock.Advance(TimeSpan.FromMilliseconds(restMilliseconds - 1));
        next.IsCompleted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        (await next.WaitAsync(Patience)).ShouldBeTrue();
    }

    [Fact]
    public async Task WatchAsync_ChangeAfterQuietSpell_ComesWithoutWaitingForThePace()
    {
        await using var reader = _state.WatchAsync(Pace, _clock).GetAsyncEnumerator();
        await reader.MoveNextAsync();
        var next = reader.MoveNextAsync().AsTask();
        _clock.Advance(Pace);
        await UntilAsync(() => _clock.WaitingTimers == 0);

        _state.Publish("second");

        (await next.WaitAsync(Patience)).ShouldBeTrue();
        reader.Current.ShouldBe("second");
    }

    [Fact]
    public async Task WatchAsync_WriterNeverRests_LastValueAlwaysArrives()
    {
        const int count = 20_000;
        var seen = 0;
        var reading = Task.Run(async () =>
        {
            await foreach (var value in _state.WatchAsync(TimeSpan.Zero, TimeProvider.System))
            {
                seen++;
                if (value == "end") return;
            }
        });

        for (var i = 0; i < count; i++) _state.Publish(i.ToString(System.Globalization.CultureInfo.InvariantCulture));
        _state.Publish("end");

        await reading.WaitAsync(Patience);
        seen.ShouldBeLessThanOrEqualTo(count + 2);
    }

    [Fact]
    public async Task WatchAsync_Stopped_EndsWhileWaiting()
    {
        using var stop = new CancellationTokenSource();
        await using var reader = _state.WatchAsync(Pace, _clock, stop.Token).GetAsyncEnumerator();
        await reader.MoveNextAsync();
        var next = reader.MoveNextAsync().AsTask();

        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => next.WaitAsync(Patience));
    }

    internal static TimeSpan Patience { get; } = TimeSpan.FromSeconds(60);

    internal static async Task UntilAsync(Func<bool> holds)
    {
        var deadline = DateTimeOffset.UtcNow + Patience;
        while (!holds())
        {
            if (DateTimeOffset.UtcNow > deadline) throw new TimeoutException();
            await Task.Delay(1);
        }
    }
}

using QuantDash.Tests.Support;
using QuantDash.Web.Live;

namespace QuantDash.Tests.Web.Live;

public sealed class EventTapeTests
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);
    private readonly EventTape<long> _tape = new(capacity: 4, numberOf: n => n);

    [Fact]
    public void ReadSince_WithinHistory_GivesEveryEventInOrderOnce()
    {
        Append(1, 3);

        var slice = _tape.ReadSince(1);

        slice.Items.ShouldBe([2, 3]);
        slice.LastNumber.ShouldBe(3);
        slice.Missed.ShouldBe(0);
    }

    [Fact]
    public void ReadSince_OlderThanHistory_TellsHowManyWereMissed()
    {
        Append(1, 10);

        var slice = _tape.ReadSince(2);

        slice.Items.ShouldBe([7, 8, 9, 10]);
        slice.Missed.ShouldBe(4);
    }

    [Fact]
    public void ReadSince_AfterRestart_CountsWhatIsOnlyInTheDatabase()
    {
        _tape.ResumeAfter(500);
        Append(501, 502);

        _tape.ReadSince(480).Missed.ShouldBe(20);
        _tape.ReadSince(500).Items.ShouldBe([501, 502]);
        _tape.ReadSince(500).Missed.ShouldBe(0);
    }

    [Fact]
    public void ReadSince_NothingNew_IsEmpty()
    {
        Append(1, 3);

        _tape.ReadSince(3).Items.ShouldBeEmpty();
        _tape.ReadSince(3).LastNumber.ShouldBe(3);
    }

    [Fact]
    public void Append_NumberSkipped_IsRefused()
    {
        Append(1, 2);

        Should.Throw<InvalidOperationException>(() => _tape.Append(4));
    }

    [Fact]
    public async Task WatchAsync_ReaderSlowerThanHistory_IsToldAndGoesOn()
    {
        var clock = new FakeTimeProvider();
        await using var reader = _tape.WatchAsync(0, Pace, clock).GetAsyncEnumerator();
        await reader.MoveNextAsync();
        reader.Current.Items.ShouldBeEmpty();
        var next = reader.MoveNextAsync().AsTask();
        Append(1, 6);

        clock.Advance(Pace);

        (await next.WaitAsync(LiveStateTests.Patience)).ShouldBeTrue();
        reader.Current.Items.ShouldBe([3, 4, 5, 6]);
        reader.Current.Missed.ShouldBe(2);
    }

    [Fact]
    public async Task WatchAsync_ReaderFastEnough_SeesEveryEvent()
    {
        var tape = new EventTape<long>(capacity: 100_000, numberOf: n => n);
        var seen = new List<long>();
        var reading = Task.Run(async () =>
        {
            await foreach (var slice in tape.WatchAsync(0, TimeSpan.Zero, TimeProvider.System))
            {
                seen.AddRange(slice.Items);
                if (seen.Count == 50_000) return;
            }
        });

        for (var i = 1; i <= 50_000; i++) tape.Append(i);

        await reading.WaitAsync(LiveStateTests.Patience);
        seen.ShouldBe(Enumerable.Range(1, 50_000).Select(i => (long)i));
    }

    private void Append(int first, int last)
    {
        for (var i = first; i <= last; i++) _tape.Append(i);
    }
}

using System.Runtime.CompilerServices;

namespace QuantDash.Web.Live;

/// <summary>The latest of something, published as a whole immutable value. Readers that are slower than the writer skip values, but never
/// miss the last one. For what must not be skipped use <see cref="EventTape{T}"/>.</summary>
public sealed class LiveState<T>(T initial) where T : class
{
    private T _current = initial;
    private TaskCompletionSource _changed = Signal();

    public T Current => Volatile.Read(ref _current);

    public void Publish(T next)
    {
        Volatile.Write(ref _current, next);
        Interlocked.Exchange(ref _changed, Signal()).TrySetResult();
    }

    /// <summary>The current value at once, then each newer one, at most one per <paramref name="pace"/>. A change after a quiet spell comes at once.</summary>
    public async IAsyncEnumerable<T> WatchAsync(TimeSpan pace, TimeProvider clock, [EnumeratorCancellation] CancellationToken stop = default)
    {
        T? last = null;
        while (!stop.IsCancellationRequested)
        {
            // The signal before the value: a publish in between completes the signal already held and is seen next turn.
            var changed = Volatile.Read(ref _changed).Task;
            var now = Current;
            if (!ReferenceEquals(now, last))
            {
                var begun = clock.GetTimestamp();
                yield return last = now;
                await Task.Delay(Rest(pace, clock.GetElapsedTime(begun)), clock, stop);
            }

            await changed.WaitAsync(stop);
        }
    }

    // The time the reader took is part of the pace; one that takes longer than the pace still rests.
    private static TimeSpan Rest(TimeSpan pace, TimeSpan taken) => pace - taken > pace / 4 ? pace - taken : pace / 4;

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

using System.Runtime.CompilerServices;

namespace QuantDash.Web.Live;

/// <summary>Numbered events in the order they happened, the latest <c>capacity</c> of them at hand. Nothing is skipped: a reader that asks for
/// more than is still here is told how many it missed, and finds those in the database.</summary>
/// <param name="capacity">How many are kept, at least 1.</param>
/// <param name="numberOf">The event's own number: ascending by one, carried on over restarts.</param>
public sealed class EventTape<T>(int capacity, Func<T, long> numberOf)
{
    private readonly Lock _gate = new();
    private readonly T[] _ring = new T[capacity];
    private long _last;
    private int _count;
    private TaskCompletionSource _changed = Signal();

    /// <summary>Number of the latest event; 0 when there was none.</summary>
    public long LastNumber
    {
        get { lock (_gate) return _last; }
    }

    /// <summary>After a restart: events up to <paramref name="number"/> happened, but are not at hand.</summary>
    public void ResumeAfter(long number)
    {
        lock (_gate)
        {
            if (_count > 0) throw new InvalidOperationException("A tape is resumed before the first event.");
            _last = number;
        }
    }

    public void Append(T item)
    {
        TaskCompletionSource announce;
        lock (_gate)
        {
            var number = numberOf(item);
            if (number != _last + 1 && _count + _last > 0) throw new InvalidOperationException($"Event {number} does not follow {_last}.");
            _ring[number % _ring.Length] = item;
            _last = number;
            _count = Math.Min(_count + 1, _ring.Length);
            announce = Interlocked.Exchange(ref _changed, Signal());
        }

        announce.TrySetResult();
    }

    /// <summary>Events after <paramref name="number"/>, oldest first.</summary>
    public TapeSlice<T> ReadSince(long number)
    {
        lock (_gate)
        {
            var firstKept = _last - _count + 1;
            var from = Math.Max(number + 1, firstKept);
            var items = new T[Math.Max(0, _last - from + 1)];
            for (var i = 0; i < items.Length; i++) items[i] = _ring[(from + i) % _ring.Length];
            return new(items, _last, Missed: Math.Max(0, firstKept - number - 1));
        }
    }

    /// <summary>Ends as soon as there is an event after <paramref name="number"/>.</summary>
    public Task AfterAsync(long number)
    {
        lock (_gate) return _last > number ? Task.CompletedTask : _changed.Task;
    }

    /// <summary>What is there after <paramref name="number"/>, then what is appended, in slices at most one per <paramref name="pace"/>.</summary>
    public async IAsyncEnumerable<TapeSlice<T>> WatchAsync(
        long number, TimeSpan pace, TimeProvider clock, [EnumeratorCancellation] CancellationToken stop = default)
    {
        var first = true;
        while (!stop.IsCancellationRequested)
        {
            var changed = Volatile.Read(ref _changed).Task;
            var slice = ReadSince(number);
            if (first || slice.LastNumber > number)
            {
                first = false;
                number = Math.Max(number, slice.LastNumber);
                yield return slice;
                await Task.Delay(pace, clock, stop);
            }

            await changed.WaitAsync(stop);
        }
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>A stretch of a tape, oldest first.</summary>
/// <param name="LastNumber">Where to go on reading.</param>
/// <param name="Missed">How many events between the number asked for and the first item are no longer at hand.</param>
public sealed record TapeSlice<T>(IReadOnlyList<T> Items, long LastNumber, long Missed);

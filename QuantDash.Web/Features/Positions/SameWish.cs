using System.Collections.Concurrent;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Positions;

/// <summary>One wish of a person is one order, however often its button was heard: from a double click, from events that came before the screen was drawn again, from two tabs. The
/// very same wish is refused while it is being done and for a moment after; what differs in anything is another wish.</summary>
public sealed class SameWish(TimeProvider time)
{
    /// <summary>Nobody who wants the same order twice decides so within it.</summary>
    public static readonly TimeSpan Moment = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<object, DateTimeOffset> _done = new();

    /// <param name="wish">Compared by its value.</param>
    /// <param name="act">What is done once.</param>
    public async Task<Outcome<T>> OnceAsync<T>(object wish, Func<Task<Outcome<T>>> act)
    {
        Forget();
        if (!_done.TryAdd(wish, DateTimeOffset.MaxValue)) return Outcome<T>.Failure("", "same_wish");
        var done = false;
        try
        {
            var outcome = await act();
            done = outcome.Succeeded;
            return outcome;
        }
        finally
        {
            // What was refused changed nothing: it may be tried again at once.
            if (done) _done[wish] = time.GetUtcNow() + Moment;
            else _done.TryRemove(wish, out _);
        }
    }

    private void Forget()
    {
        var now = time.GetUtcNow();
        foreach (var (wish, until) in _done)
        {
            if (until <= now) _done.TryRemove(new(wish, until));
        }
    }
}

using QuantDash.Core.Engine;

namespace QuantDash.Web.Adapters.Storage.Journal;

/// <summary>One thing that waits for the writer: a batch of the journal, or other work.</summary>
internal readonly record struct Waiting(JournalBatch? Batch, Action<JournalConnection?>? Work, DateTimeOffset Since);

/// <summary>What waits for the writer's thread, in order. Adding never blocks; taking takes everything there is, so that a burst becomes one commit.</summary>
internal sealed class WriteQueue(TimeProvider clock)
{
    // Monitor, not Lock: the writer waits on it for work.
    private readonly object _gate = new();
    private List<Waiting> _waiting = [];
    private IReadOnlyList<Waiting> _taken = [];
    private bool _closed;

    public void Add(JournalBatch batch) => Add(new Waiting(batch, null, clock.GetUtcNow()));

    /// <param name="work">Gets null when the writer stops without having come to it.</param>
    public void Add(Action<JournalConnection?> work) => Add(new Waiting(null, work, clock.GetUtcNow()));

    /// <summary>Everything that waits, at the latest after <paramref name="patience"/> (then perhaps nothing); null once closed and empty.</summary>
    public IReadOnlyList<Waiting>? Take(TimeSpan patience)
    {
        lock (_gate)
        {
            _taken = [];
            if (_waiting.Count == 0 && !_closed) Monitor.Wait(_gate, patience);
            if (_waiting.Count == 0) return _closed ? null : [];
            (var taken, _waiting) = (_waiting, []);
            _taken = taken;
            return taken;
        }
    }

    /// <summary>Nothing may be added any more.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>How many wait (those being written included), and since when the oldest does.</summary>
    public (int Depth, DateTimeOffset? Oldest) Look()
    {
        lock (_gate)
        {
            var depth = _taken.Count + _waiting.Count;
            return (depth, depth == 0 ? null : (_taken.Count > 0 ? _taken[0] : _waiting[0]).Since);
        }
    }

    private void Add(Waiting waiting)
    {
        lock (_gate)
        {
            if (_closed) throw new InvalidOperationException("The journal has been stopped: nothing can be written any more.");
            _waiting.Add(waiting);
            Monitor.Pulse(_gate);
        }
    }
}

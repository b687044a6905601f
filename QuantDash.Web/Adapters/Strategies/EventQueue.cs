using QuantDash.Core.Strategies;

namespace QuantDash.Web.Adapters.Strategies;

internal enum EventKind { Start, Other, Stop }

/// <summary>One event as it will be told.</summary>
internal readonly record struct QueuedEvent(byte[] Request, EventKind Kind);

/// <summary>Events on their way to a process. Of an instrument's ticks the latest alone waits: it takes the place behind all else.</summary>
internal sealed class EventQueue : IDisposable
{
    public const int Most = 20_000;

    private readonly Lock _lock = new();
    private readonly ManualResetEventSlim _wake = new();
    private readonly LinkedList<QueuedEvent> _waiting = [];
    private readonly Dictionary<IStrategyInstrument, LinkedListNode<QueuedEvent>> _ticks = [];
    private bool _isClosed;
    private bool _isStopping;

    /// <summary>False when there is no room.</summary>
    public bool Add(byte[] request, EventKind kind)
    {
        lock (_lock)
        {
            if (_isClosed) return true;
            if (_waiting.Count >= Most) return false;
            _isStopping |= kind == EventKind.Stop;
            _waiting.AddLast(new QueuedEvent(request, kind));
            _wake.Set();
            return true;
        }
    }

    public void AddTick(IStrategyInstrument instrument, byte[] request)
    {
        lock (_lock)
        {
            if (_isClosed) return;
            if (_ticks.TryGetValue(instrument, out var before) && before.List is not null) _waiting.Remove(before);
            _ticks[instrument] = _waiting.AddLast(new QueuedEvent(request, EventKind.Other));
            _wake.Set();
        }
    }

    /// <summary>Waits for the next one; null when it was closed and nothing is left.</summary>
    public QueuedEvent? Take()
    {
        while (true)
        {
            lock (_lock)
            {
                if (_waiting.First is { } first)
                {
                    _waiting.RemoveFirst();
                    return first.Value;
                }

                if (_isClosed) return null;
                _wake.Reset();
            }

            _wake.Wait(CancellationToken.None); // Close and End wake it.
        }
    }

    /// <summary>Nothing more comes in.</summary>
    /// <returns>Whether what is left ends with a stop, and so by itself.</returns>
    public bool Close()
    {
        lock (_lock)
        {
            if (_isClosed) return _isStopping;
            _isClosed = true;
            if (!_isStopping) _waiting.Clear();
            _wake.Set();
            return _isStopping;
        }
    }

    /// <summary>By whoever takes, when it takes no more.</summary>
    public void Dispose()
    {
        End();
        _wake.Dispose();
    }

    /// <summary>As <see cref="Close"/>, and what waits is forgotten.</summary>
    /// <returns>Whether it was open: the first end counts.</returns>
    public bool End()
    {
        lock (_lock)
        {
            if (_isClosed && _waiting.Count == 0) return false;
            var wasOpen = !_isClosed;
            _isClosed = true;
            _waiting.Clear();
            _wake.Set();
            return wasOpen;
        }
    }
}

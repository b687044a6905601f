namespace QuantDash.Web.Jobs;

/// <summary>Where work goes that keeps a processor busy: rehearsals, and later backtests and sweeps. Threads of their own, as many as there are processors, that give way to everything else
/// here, above all to the trading thread, which never waits for them. Begun with the first work; what is cancelled before its turn never runs.</summary>
public sealed class ComputeLanes : IDisposable
{
    /// <summary>A thread of ours that was not lowered gets about nine times as much of a processor as one of these.</summary>
    public const int Niceness = 10;

    private readonly Queue<Item> _waiting = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationToken _stopping;
    private readonly ComputeLane[] _lanes;
    private bool _started;
    private bool _ended;

    public ComputeLanes()
        : this(Environment.ProcessorCount)
    {
    }

    public ComputeLanes(int lanes) => (_lanes, _stopping) = ([.. Enumerable.Range(1, lanes).Select(number => new ComputeLane(number))], _stop.Token);

    /// <summary>Each with what it works on.</summary>
    public IReadOnlyList<ComputeLane> Lanes => _lanes;

    /// <summary>Work without a lane yet.</summary>
    public int Waiting
    {
        get
        {
            lock (_waiting) return _waiting.Count;
        }
    }

    /// <param name="name">What it is, for those who look.</param>
    /// <param name="work">Looks at its turn every few milliseconds: that is how it is cancelled.</param>
    /// <param name="stop">Takes it back; also while it runs.</param>
    public async Task<T> RunAsync<T>(string name, Func<ComputeTurn, T> work, CancellationToken stop = default)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stop, _stopping);
        var turn = new ComputeTurn(name, both.Token);
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Add(new(turn, ExecutionContext.Capture(), () => Finish(turn, work, done)));
        return await done.Task;
    }

    public void Dispose()
    {
        lock (_waiting)
        {
            if (_ended) return;
            _ended = true;
            Monitor.PulseAll(_waiting);
        }

        _stop.Cancel();
        _stop.Dispose();
    }

    private static void Finish<T>(ComputeTurn turn, Func<ComputeTurn, T> work, TaskCompletionSource<T> done)
    {
        try
        {
            turn.Stop.ThrowIfCancellationRequested();
            done.SetResult(work(turn));
        }
        catch (OperationCanceledException) when (turn.Stop.IsCancellationRequested)
        {
            done.SetCanceled(turn.Stop);
        }
        catch (Exception error)
        {
            done.SetException(error);
        }
    }

    private void Add(Item item)
    {
        lock (_waiting)
        {
            ObjectDisposedException.ThrowIf(_ended, this);
            _waiting.Enqueue(item);
            Monitor.Pulse(_waiting);
            if (_started) return;
            _started = true;
        }

        foreach (var lane in _lanes) new Thread(() => Work(lane)) { Name = $"compute {lane.Number}", IsBackground = true }.Start();
    }

    /// <summary>Null: there will be none. What waits at the end is taken back in its turn.</summary>
    private Item? Next()
    {
        lock (_waiting)
        {
            while (_waiting.Count == 0)
            {
                if (_ended) return null;
                Monitor.Wait(_waiting);
            }

            return _waiting.Dequeue();
        }
    }

    private void Work(ComputeLane lane)
    {
        ThreadNiceness.Lower(Niceness);
        lane.Thread = ThreadNiceness.OfCallingThread() is { } thread ? thread : (0, null);
        while (Next() is { } item)
        {
            lane.Turn = item.Turn;
            if (item.Caller is { } caller) ExecutionContext.Run(caller, run => ((Action)run!)(), item.Run);
            else item.Run();
            lane.Turn = null;
        }
    }

    private sealed record Item(ComputeTurn Turn, ExecutionContext? Caller, Action Run);
}

/// <summary>One thread.</summary>
public sealed class ComputeLane(int number)
{
    private volatile ComputeTurn? _turn;
    private volatile object _thread = ((int Id, int? Niceness))(0, null);

    public int Number => number;

    /// <summary>What it works on; null: it waits.</summary>
    public ComputeTurn? Turn
    {
        get => _turn;
        internal set => _turn = value;
    }

    /// <summary>The kernel's id of it and how willingly it gives way, as read back; 0 and null before it began, and where there is no such thing.</summary>
    public (int Id, int? Niceness) Thread
    {
        get => ((int, int?))_thread;
        internal set => _thread = value;
    }
}

/// <summary>The turn of one work.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Stop">It was taken back.</param>
public sealed record ComputeTurn(string Name, CancellationToken Stop)
{
    private double _progress;

    /// <summary>0 to 1.</summary>
    public double Progress => Volatile.Read(ref _progress);

    /// <summary>Says how far it is; throws when it was taken back.</summary>
    public void Report(double progress)
    {
        Stop.ThrowIfCancellationRequested();
        Volatile.Write(ref _progress, progress);
    }
}

using QuantDash.Core.Hosting;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;

namespace QuantDash.Core.Engine;

/// <summary>One strategy in the engine, running or not.</summary>
internal sealed class HostedStrategy(StrategyInstance instance, AccountBook account)
{
    private const int MostLines = 200;
    private const int MostSignals = 50;
    private const int MostPoints = 720;
    private const int MostAskings = 1_000;
    private static readonly TimeSpan PointPace = TimeSpan.FromMinutes(1);

    private readonly LinkedList<StrategyLogLine> _log = [];
    private readonly LinkedList<StrategySignal> _signals = [];
    private readonly List<StrategyEquityPoint> _points = [];

    public StrategyInstance Instance { get; set; } = instance;
    public AccountBook Account { get; set; } = account;
    public Guid Id => Instance.Id;

    /// <summary>In the order of its symbols.</summary>
    public List<HostedInstrument> Instruments { get; } = [];

    /// <summary>The present run or the last one; null before the first.</summary>
    public StrategyRun? Run { get; set; }
    public StrategyRun? SavedRun { get; set; }

    /// <summary>As it was set up when the present run began; null when that was before the process.</summary>
    public StrategyInstance? BegunWith { get; set; }
    public StrategyRunState State => Run?.State ?? StrategyRunState.Stopped;
    public bool IsOn => Run is { IsOn: true };

    /// <summary>Its code, made anew for every run; null while it does not run.</summary>
    public IStrategy? Code { get; set; }
    public HostedContext? Context { get; set; }
    public StrategyAnswers? Answers { get; set; }

    /// <summary>Of a run that was told to stop: what it notes at its end is still to come.</summary>
    public StrategyAnswers? Parting { get; set; }
    public bool AwaitsHistory { get; set; }

    /// <summary>Bars of the past are being told: nothing is ordered on them.</summary>
    public bool HearsPast { get; set; }
    public int WarmUpBars { get; set; }

    /// <summary>Number of the latest signal of its run.</summary>
    public int LastNumber { get; set; }

    /// <summary>Of orders that a strategy elsewhere numbered itself.</summary>
    public long LastHandle { get; set; }

    /// <summary>Orders and fills it has not been told of.</summary>
    public Queue<StrategyEvent> Inbox { get; } = [];
    public Dictionary<Guid, HostedOrder> Orders { get; } = [];
    public List<StrategyTimer> Timers { get; } = [];
    public StrategyState Notes { get; set; } = new();
    public StrategyDayCounters Counters { get; set; } = new(null);
    public IReadOnlyCollection<StrategyLogLine> Log => _log;
    public IReadOnlyCollection<StrategySignal> Signals => _signals;
    public IReadOnlyList<StrategyEquityPoint> Points => _points;

    /// <summary>What it is being told.</summary>
    public StrategyEvent Present { get; set; }

    /// <summary>How often it asked for something in this step.</summary>
    public int Asked { get; set; }

    /// <summary>Something of it may have changed in this step and is to be written down.</summary>
    public bool IsStirred { get; set; }

    /// <summary>Grows with every change of its timers.</summary>
    public int TimersVersion { get; set; }

    /// <summary>What is stored of its notes, timers and counters.</summary>
    public (int Notes, int Timers, StrategyDayCounters Counters) SavedMemory { get; set; } = (0, 0, new(null));

    /// <summary>Bars until it may order.</summary>
    public int WarmUpLeft
    {
        get
        {
            var told = int.MaxValue;
            foreach (var one in Instruments) told = Math.Min(told, one.BarsTold);
            return Math.Max(HearsPast ? 1 : 0, WarmUpBars - told);
        }
    }
    public bool IsFlat => Instruments.TrueForAll(one => one.Book.IsFlat);

    public decimal? PnlToday
    {
        get
        {
            decimal? sum = 0m;
            foreach (var one in Instruments) sum += one.Book.RealisedToday - one.Book.FeesToday + one.FloatingPnl - one.Book.FloatingAtStart;
            return sum;
        }
    }

    public decimal? PnlTotal
    {
        get
        {
            decimal? sum = 0m;
            foreach (var one in Instruments) sum += one.Book.RealisedTotal - one.Book.FeesTotal + one.FloatingPnl;
            return sum;
        }
    }

    /// <summary>Throws into its code when it asks without an end: it answers each refusal with another order.</summary>
    public void CountAsking()
    {
        if (++Asked > MostAskings) throw new InvalidOperationException($"More than {MostAskings} orders at one moment.");
    }

    public HostedInstrument? Find(Symbol symbol) => Instruments.Find(one => one.Symbol == symbol);

    public void Note(StrategyLogLine line)
    {
        _log.AddFirst(line);
        if (_log.Count > MostLines) _log.RemoveLast();
    }

    /// <summary>The latest signals, newest first; one that changed keeps its place.</summary>
    public void Note(StrategySignal signal)
    {
        for (var node = _signals.First; node is not null; node = node.Next)
        {
            if (node.Value.Id != signal.Id) continue;
            node.Value = signal;
            return;
        }

        _signals.AddFirst(signal);
        if (_signals.Count > MostSignals) _signals.RemoveLast();
    }

    /// <summary>A point of the day's curve, one a minute.</summary>
    public void NotePoint(DateTimeOffset now)
    {
        if (_points.Count > 0 && now - _points[^1].At < PointPace) return;
        if (PnlToday is not { } pnl) return;
        if (_points.Count == MostPoints) _points.RemoveAt(0);
        _points.Add(new(now, pnl));
    }

    public void BeginDay(DateOnly day)
    {
        Counters = new(day);
        IsStirred = true;
        _points.Clear();
    }
}

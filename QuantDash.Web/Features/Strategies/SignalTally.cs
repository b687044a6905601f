using QuantDash.Core.Engine;
using QuantDash.Core.Hosting;

namespace QuantDash.Web.Features.Strategies;

/// <summary>The statistics of a strategy's signals while somebody looks: those that were read, and those that came or changed since.</summary>
public sealed class SignalTally(SignalJudge judge)
{
    private readonly Dictionary<Guid, JudgedSignal> _signals = [];

    public IReadOnlyList<SignalStatistics> Lines { get; private set; } = [];
    public SignalStatistics Total { get; private set; } = SignalStatistics.Of([]);

    public void Begin(JudgedSignals read)
    {
        _signals.Clear();
        foreach (var one in read.Signals) _signals[one.Signal.Id] = one;
        Count();
    }

    /// <summary>What the engine knows of them now; of two the later change counts.</summary>
    public void Put(StrategyView view)
    {
        var changed = false;
        foreach (var signal in view.Signals.Concat(view.Working))
        {
            var known = _signals.GetValueOrDefault(signal.Id);
            if (known is not null && known.Signal.UpdatedAt >= signal.UpdatedAt) continue;
            _signals[signal.Id] = judge.Judge(signal, known?.Mode ?? (view.Run?.Id == signal.RunId ? view.Run.Mode : null));
            changed = true;
        }
        if (changed) Count();
    }

    private void Count() => (Lines, Total) = (SignalStatistics.ByKind(_signals.Values), SignalStatistics.Of(_signals.Values));
}

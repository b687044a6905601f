using QuantDash.Core.Hosting;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Strategies;

/// <summary>Trigger records, newest first: those that were read, and those that came or changed since.</summary>
public sealed class SignalList
{
    private readonly Dictionary<Guid, StrategySignal> _signals = [];

    public IReadOnlyList<StrategySignal> Items { get; private set; } = [];

    /// <summary>Where older ones begin; null: there are none.</summary>
    public string? Next { get; private set; }

    public void Begin(Page<StrategySignal> newest)
    {
        _signals.Clear();
        Add(newest);
    }

    public void Add(Page<StrategySignal> page)
    {
        Next = page.NextCursor;
        Put(page.Items);
    }

    /// <summary>What the engine knows of them now; of two the later change counts.</summary>
    /// <returns>Whether anything is different.</returns>
    public bool Put(IEnumerable<StrategySignal> signals)
    {
        var changed = false;
        foreach (var signal in signals)
        {
            if (_signals.TryGetValue(signal.Id, out var known) && known.UpdatedAt >= signal.UpdatedAt) continue;
            _signals[signal.Id] = signal;
            changed = true;
        }
        if (changed) Items = [.. _signals.Values.OrderByDescending(signal => signal.TriggerTime).ThenByDescending(signal => signal.Number)];
        return changed;
    }

    /// <summary>Those of a result; null: all.</summary>
    public IReadOnlyList<StrategySignal> Of(SignalResult? result) => result is null ? Items : [.. Items.Where(signal => signal.Result == result)];
}

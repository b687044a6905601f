using QuantDash.Core.Hosting;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Strategies;

/// <summary>Trigger records in the order that was asked for: those that were read, and those that came or changed since.</summary>
public sealed class SignalList
{
    private readonly Dictionary<Guid, StrategySignal> _signals = [];
    private StrategySignal? _lastRead;

    public IReadOnlyList<StrategySignal> Items { get; private set; } = [];

    public SignalOrder Order { get; private set; }

    /// <summary>Where those begin that were not read; null: there are none.</summary>
    public string? Next { get; private set; }

    public void Begin(Page<StrategySignal> first, SignalOrder order = default)
    {
        _signals.Clear();
        (Items, Order, _lastRead) = ([], order, null);
        Add(first);
    }

    public void Add(Page<StrategySignal> page)
    {
        (Next, _lastRead) = (page.NextCursor, page.Items.Count > 0 ? page.Items[^1] : _lastRead);
        Put(page.Items);
    }

    /// <summary>What the engine knows of them now; of two the later change counts. One that belongs below what was read comes with its page.</summary>
    /// <returns>Whether anything is different.</returns>
    public bool Put(IEnumerable<StrategySignal> signals)
    {
        var changed = false;
        foreach (var signal in signals)
        {
            var known = _signals.GetValueOrDefault(signal.Id);
            if (known is not null ? known.UpdatedAt >= signal.UpdatedAt : Next is not null && _lastRead is not null && Order.Compare(signal, _lastRead) > 0) continue;
            _signals[signal.Id] = signal;
            changed = true;
        }
        if (changed) Items = [.. _signals.Values.Order(Order)];
        return changed;
    }

    /// <summary>Those of a result; null: all.</summary>
    public IReadOnlyList<StrategySignal> Of(SignalResult? result) => result is null ? Items : [.. Items.Where(signal => signal.Result == result)];
}

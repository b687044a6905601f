using QuantDash.Core.Markets;

namespace QuantDash.Core.Engine;

/// <summary>The price alerts of one (source, symbol) that are not told for good: a tick that concerns none of them costs two comparisons.</summary>
internal sealed class AlertLane
{
    private readonly Dictionary<Guid, (PriceAlert Alert, long Level)> _alerts = [];
    private long _nextUp = long.MaxValue;
    private long _nextDown = long.MinValue;

    /// <summary>Those that were there before the process ended and have not seen a price since.</summary>
    public HashSet<Guid> Unseen { get; } = [];

    public IReadOnlyCollection<(PriceAlert Alert, long Level)> All => _alerts.Values;

    /// <summary>Whether a price concerns any of them.</summary>
    public bool Concerns(long ticks) => ticks >= _nextUp || ticks <= _nextDown;

    public void Set(PriceAlert alert, long level)
    {
        _alerts[alert.Id] = (alert, level);
        Refresh();
    }

    public void Remove(Guid id)
    {
        _alerts.Remove(id);
        Unseen.Remove(id);
        Refresh();
    }

    /// <summary>The nearest price on each side: of an armed one its level, of one that is away the first price on the side it has to come back to. One that has seen no price since the start concerns every one.</summary>
    public void Refresh()
    {
        (_nextUp, _nextDown) = (Unseen.Count > 0 ? long.MinValue : long.MaxValue, long.MinValue);
        foreach (var (alert, level) in _alerts.Values)
        {
            var (isAbove, isArmed) = (alert.Direction == AlertDirection.Above, alert.State == AlertState.Armed);
            if (isAbove == isArmed) _nextUp = Math.Min(_nextUp, isArmed ? level : level + 1);
            else _nextDown = Math.Max(_nextDown, isArmed ? level : level - 1);
        }
    }
}

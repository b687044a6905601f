using QuantDash.Core.Locking;

namespace QuantDash.Core.Engine;

/// <summary>The held orders of one (source, symbol) on a board of their own: a tick that reaches none of them costs a few comparisons and allocates nothing.</summary>
internal sealed class HeldLane
{
    public TriggerBoard Board { get; } = new();

    /// <summary>Those that saw their price and wait for orders in their way to end, each with the price it saw and since when.</summary>
    public Dictionary<Guid, (Firing Firing, DateTimeOffset Since)> HeldBack { get; } = [];

    public int Count => Board.Count + HeldBack.Count;

    /// <summary>The earliest end of any of them.</summary>
    public DateTimeOffset NextExpiry { get; set; } = DateTimeOffset.MaxValue;

    /// <summary>The earliest trading day that any of them ends with.</summary>
    public DateOnly LastDay { get; set; } = DateOnly.MaxValue;

    /// <summary>Takes note of when one ends.</summary>
    public void Note(HeldOrder held)
    {
        if (held.ValidUntil < NextExpiry) NextExpiry = held.ValidUntil.Value;
        if (held.TradingDay < LastDay) LastDay = held.TradingDay.Value;
    }
}

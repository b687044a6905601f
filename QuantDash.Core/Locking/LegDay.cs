using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Locking;

/// <summary>How much of a leg would be charged as close-today at one moment, from the trades of that day (DOMAIN.md 2.1).</summary>
internal sealed class LegDay
{
    private DateOnly _day;
    private Volume _today;
    private Volume _olderClosed;
    private decimal _change;

    public void Take(Fill fill, bool distinguishesToday)
    {
        Turn(fill.TradingDay);
        _change += fill.Offset == Offset.Open ? fill.Volume.Value : -fill.Volume.Value;
        if (fill.Offset == Offset.Open)
        {
            _today += fill.Volume;
            return;
        }
        var asToday = fill.Offset switch
        {
            Offset.CloseToday => fill.Volume,
            Offset.Close when !distinguishesToday => Volume.Min(_today, fill.Volume),
            _ => Volume.Zero,
        };
        _today = _today.Minus(asToday);
        _olderClosed += fill.Volume.Minus(asToday);
    }

    /// <summary>What of <paramref name="volume"/> would be charged as of today, the oldest lots being closed first; null when unknown, as it is of lots that no
    /// trade tells of.</summary>
    /// <param name="heldBefore">What the day began with; null when unknown.</param>
    public Volume? AsToday(DateOnly day, Volume volume, bool distinguishesToday, Volume? heldBefore)
    {
        if (heldBefore is not { } before || Held(day, heldBefore) < volume.Value) return null;
        return distinguishesToday ? volume.Minus(before.Minus(_olderClosed)) : Volume.Min(_today, volume);
    }

    /// <summary>What the leg holds at this moment; null when unknown.</summary>
    public decimal? Held(DateOnly day, Volume? heldBefore)
    {
        Turn(day);
        return heldBefore?.Value + _change;
    }

    private void Turn(DateOnly day)
    {
        if (_day == day) return;
        (_day, _today, _olderClosed, _change) = (day, Volume.Zero, Volume.Zero, 0m);
    }
}

using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Locking;

/// <summary>A leg by the age of its lots.</summary>
public readonly record struct LegAges(Volume Older, Volume Today)
{
    public Volume Volume => Older + Today;
}

/// <summary>How much of a leg would be charged as close-today at one moment, from the trades of that day (DOMAIN.md 2.1).</summary>
/// <param name="startOf">What the leg held before the first trade of a day; null when unknown.</param>
internal sealed class LegDay(Func<DateOnly, LegAges?> startOf)
{
    private DateOnly _day;
    private LegAges? _start;
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

    /// <summary>What of <paramref name="volume"/> would be charged as of today, the oldest lots being closed first where they are told apart; null when unknown.</summary>
    public Volume? AsToday(DateOnly day, Volume volume, bool distinguishesToday)
    {
        if (!(Held(day) >= volume.Value) || _start is not { } start) return null;
        return distinguishesToday ? volume.Minus(start.Older.Minus(_olderClosed)) : Volume.Min(_today, volume);
    }

    /// <summary>What the leg holds at this moment; null when unknown.</summary>
    public decimal? Held(DateOnly day)
    {
        Turn(day);
        return _start?.Volume.Value + _change;
    }

    private void Turn(DateOnly day)
    {
        if (_day == day) return;
        (_day, _start, _olderClosed, _change) = (day, startOf(day), Volume.Zero, 0m);
        _today = _start?.Today ?? Volume.Zero;
    }
}

using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Locking;

/// <summary>What a leg held before the first trade of a day: what the last settlement left, or, where none was before (the first day, of which a snapshot told),
/// what is there at its end with the trades of the day taken back.</summary>
internal sealed class LegStart(LockReportFacts facts)
{
    public LegAges? Of(DateOnly day, Side side)
    {
        if (facts.HeldBefore(day, side) is { } before) return new(before, Volume.Zero);
        if (facts.HeldAtEnd(day, side) is not { } end) return null;
        decimal opened = 0m, closed = 0m, closedToday = 0m;
        foreach (var (fill, _) in facts.Trades.Select(item => item.Trade).Where(trade => trade.Fill.TradingDay == day && trade.Fill.LegSide == side))
        {
            if (fill.Offset == Offset.Open) opened += fill.Volume.Value;
            else closed += fill.Volume.Value;
            if (fill.Offset == Offset.CloseToday) closedToday += fill.Volume.Value;
        }
        var toldApart = facts.TermsOn(day).DistinguishesToday;
        if (end.Volume.Value + closed == opened) return default(LegAges);

        // Positions are reduced oldest first: while an older lot is left, all that was closed was older.
        if (!toldApart && closed > 0m && end.Older.IsZero) return null;
        var today = end.Today.Value + (toldApart ? closedToday : 0m) - opened;
        return today < 0m ? null : new(new(end.Older.Value + closed - (toldApart ? closedToday : 0m)), new(today));
    }
}

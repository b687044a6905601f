using QuantDash.Core.Instruments;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>With which flags a leg is closed, next to the closes that work already.</summary>
internal static class ClosePlan
{
    /// <summary>Free lots that working closes will take are not given to a second close, each by the age that its flag takes.</summary>
    /// <param name="age">Close: of any age.</param>
    public static IReadOnlyList<PlannedOffset> For(AccountBook account, Symbol symbol, Side side, Volume volume, ContractTerms terms, Offset age = Offset.Close)
    {
        var (today, before) = Room(account, symbol, side, terms);
        if (age == Offset.CloseToday) before = Volume.Zero;
        else if (age == Offset.CloseYesterday) today = Volume.Zero;
        return OffsetPlanner.PlanClose(volume, today, before, terms);
    }

    /// <summary>Free lots that no working order closes, of today and older.</summary>
    public static (Volume Today, Volume Before) Room(AccountBook account, Symbol symbol, Side side, ContractTerms terms)
    {
        var leg = account.Ledger.Leg(symbol, side);
        var takenToday = account.WorkingClosesOfFree(symbol, side, offset => OffsetPlanner.Takes(offset, terms) == LotAge.Today);
        var takenBefore = account.WorkingClosesOfFree(symbol, side, offset => OffsetPlanner.Takes(offset, terms) != LotAge.Today);
        var (today, before) = (leg.FreeTodayVolume.Minus(takenToday), leg.FreeVolume - leg.FreeTodayVolume);
        return (terms.DistinguishesToday ? today : today.Minus(takenBefore.Minus(before)), before.Minus(takenBefore));
    }
}

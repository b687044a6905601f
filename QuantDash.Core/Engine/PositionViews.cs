using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Both legs of a contract as seen now.</summary>
internal static class PositionViews
{
    public static PositionView Of(AccountBook account, SymbolLane lane, TriggerBook triggers)
    {
        var offered = PairDesk.Offered(account, lane.Symbol);
        return new()
        {
            AccountId = account.Id,
            Contract = lane.Contract,
            Long = Leg(account, lane, Side.Long, triggers),
            Short = Leg(account, lane, Side.Short, triggers),
            Mark = lane.LastPrice,
            Margin = Positions.MarginCalculator.Charged([account.Ledger.MarginOf(lane.Symbol)]),
            Terms = account.Ledger.TermsOf(lane.Contract),
            OfferedPair = offered,
            OfferedFrozen = offered.IsZero ? null : PairDesk.FrozenOf(account, lane, offered),
        };
    }

    private static LegView Leg(AccountBook account, SymbolLane lane, Side side, TriggerBook triggers)
    {
        var symbol = lane.Symbol;
        var leg = account.Ledger.Leg(symbol, side);
        var margin = account.Ledger.MarginOf(symbol);
        var beingLocked = triggers.BeingLocked(account.Id, symbol, side) + account.WorkingManualLocks(symbol, side);
        return new()
        {
            Side = side,
            Volume = leg.Volume,
            TodayVolume = leg.TodayVolume,
            LockedVolume = leg.LockedVolume,
            LockableVolume = Locking.LockVolume.Lockable(
                leg.Volume, account.Covering(symbol, side.Opposite()), beingLocked, account.WorkingManualCloses(symbol, side)),
            ClosableVolume = leg.FreeVolume.Minus(account.WorkingClosesOfFree(symbol, side)),
            AverageOpenPrice = leg.AverageOpenPrice,
            FloatingPnl = leg.FloatingPnl(lane.LastPrice),
            HoldingPnl = leg.HoldingPnl(lane.LastPrice),
            Margin = side == Side.Long ? margin.Long.Total : margin.Short.Total,
            OpenedAt = leg.OpenedAt,
            FeeTodayVolume = leg.FeeTodayVolume,
            Unconfirmed = account.Unconfirmed.Contains((symbol, side)),
            Excursion = leg.AverageOpenPrice is null ? null : account.Ledger.ExcursionOf(symbol, side),
            Lots = leg.Lots,
            TodayLots = leg.Lots.Where(lot => lot.AgeOn(account.Ledger.TradingDay) == LotAge.Today).Select(lot => lot.Id).ToHashSet(),
        };
    }
}

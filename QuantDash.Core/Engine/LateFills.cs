using QuantDash.Core.Instruments;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Trades that are told after a position snapshot which counted them already (a report that was late, a day's trades sent again after a restart):
/// what the snapshot had changed is taken back before the trade is booked, so that no lot is counted twice.</summary>
internal sealed class LateFills(ChangeLog changes)
{
    /// <summary>Remembers what a snapshot changed on a leg without a trade to explain it.</summary>
    public void Remember(AccountBook account, Symbol symbol, Side side, DateTimeOffset takenAt, decimal change)
    {
        var key = (symbol, side, Added: change > 0);
        Put(account, key, takenAt, account.Unexplained.GetValueOrDefault(key).Volume + Math.Abs(change));
    }

    /// <summary>How much of a trade that is told now a snapshot has counted already.</summary>
    public static Volume AlreadyCounted(AccountBook account, Symbol symbol, Side side, bool opens, Volume volume, DateTimeOffset notBefore) =>
        account.Unexplained.TryGetValue((symbol, side, opens), out var counted) && notBefore <= counted.TakenAt ? new(Math.Min(volume.Value, counted.Volume)) : Volume.Zero;

    /// <summary>Makes the leg what it was before the snapshot counted this trade, and never smaller than a close of it needs.</summary>
    public LotChanges MakeRoom(AccountBook account, Contract contract, ContractTerms terms, Fill fill, DateTimeOffset now)
    {
        var leg = account.Ledger.Leg(fill.Symbol, fill.LegSide);
        var opens = fill.Offset == Offset.Open;
        var back = TakeBack(account, fill, opens ? leg.Volume.Value : decimal.MaxValue);
        var (today, older) = (leg.TodayVolume.Value, leg.YesterdayVolume.Value);
        if (opens)
        {
            var fromToday = Math.Min(back, today);
            (today, older) = (today - fromToday, older - (back - fromToday));
        }
        else
        {
            var takes = OffsetPlanner.Takes(fill.Offset, terms);
            var held = takes switch { LotAge.Today => today, LotAge.Yesterday => older, null => today + older };
            var added = Math.Max(back, fill.Volume.Value - held);
            if (takes == LotAge.Yesterday) older += added;
            else today += added;
        }
        if (today + older == leg.Volume.Value) return LotChanges.None;
        return account.Ledger.AdoptLeg(contract, fill.LegSide, new(today + older), new Volume(today), null, fill.TradingDay, now);
    }

    /// <summary>A trade without a time of an order that had gone out before the snapshot: what the snapshot found without an explanation is taken for it.</summary>
    private decimal TakeBack(AccountBook account, Fill fill, decimal most)
    {
        var key = (fill.Symbol, fill.LegSide, Added: fill.Offset == Offset.Open);
        if (!account.Unexplained.TryGetValue(key, out var counted) || (fill.NotBefore ?? fill.OccurredAt) > counted.TakenAt) return 0m;
        var back = Math.Min(Math.Min(fill.Volume.Value, counted.Volume), most);
        Put(account, key, counted.TakenAt, counted.Volume - back);
        return back;
    }

    private void Put(AccountBook account, (Symbol Symbol, Side Side, bool Added) key, DateTimeOffset takenAt, decimal volume)
    {
        if (volume == 0) account.Unexplained.Remove(key);
        else account.Unexplained[key] = (takenAt, volume);
        changes.Add(new JournalChange.UnexplainedSaved(new(account.Id, key.Symbol, key.Side, key.Added, takenAt, new(volume))));
    }
}

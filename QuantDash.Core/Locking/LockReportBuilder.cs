using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Locking;

/// <summary>The lock report card (PEERS.md 4): walks once through the trades of a contract and gives each to the lock it belongs to. A pure function of what is recorded.</summary>
public sealed class LockReportBuilder
{
    private readonly LockReportFacts _facts;
    private readonly Dictionary<Guid, LockTally> _tallies;
    private readonly Dictionary<Side, LegDay> _days;

    // What unlocks let go without closing it, in that order: the next closes on its side end it.
    private readonly Dictionary<Side, List<(LockTally Of, Volume Left)>> _letGo = new() { [Side.Long] = [], [Side.Short] = [] };

    private LockReportBuilder(LockReportFacts facts)
    {
        _facts = facts;
        var start = new LegStart(facts);
        _days = new() { [Side.Long] = new(day => start.Of(day, Side.Long)), [Side.Short] = new(day => start.Of(day, Side.Short)) };
        _tallies = facts.Locks.Where(held => held.Status != LockStatus.Declined && !(held.Covered + held.UnlockedVolume).IsZero).ToDictionary(held => held.Id, held => new LockTally(held, facts));
        foreach (var trade in facts.Trades)
        {
            if (Unlocked(trade) is { } tally) tally.Expect(trade.Trade.Fill);
        }
    }

    /// <summary>One line a lock, newest first; pairs that were declined are none.</summary>
    public static IReadOnlyList<LockReportItem> Build(LockReportFacts facts)
    {
        var builder = new LockReportBuilder(facts);
        foreach (var trade in facts.Trades.OrderBy(trade => trade.Trade.Fill.OccurredAt).ThenBy(Rank)) builder.Take(trade);
        builder.Leave(Side.Long);
        builder.Leave(Side.Short);
        return [.. builder._tallies.Values.Select(tally => tally.Item()).OrderByDescending(item => item.Lock.CreatedAt).ThenByDescending(item => item.Lock.Id)];
    }

    /// <summary>Of trades at one instant: a leg is opened before it is locked, and locked before it is let go.</summary>
    private static int Rank(LockReportTrade trade) => trade.Trade.Fill.Offset != Offset.Open ? 2 : trade.Purpose == OrderPurpose.Lock ? 1 : 0;

    private LockTally? Unlocked(LockReportTrade trade) =>
        trade is { Purpose: OrderPurpose.Unlock, OriginId: { } id } ? _tallies.GetValueOrDefault(id) : null;

    private void Take(LockReportTrade item)
    {
        var (fill, fee) = (item.Trade.Fill, item.Trade.Accounting.Fee);
        if (item is { Purpose: OrderPurpose.Lock, OriginId: { } origin }) Lock(origin, fill, fee);
        else if (Unlocked(item) is { } tally) Unlock(tally, fill, fee);
        else if (fill.Offset != Offset.Open) End(fill.LegSide, fill.Volume, (of, volume) => of.Exit(fill.LegSide, fill.Price, volume, fee * volume.Value / fill.Volume.Value));
        _days[fill.LegSide].Take(fill, DistinguishesToday(fill.TradingDay));
    }

    private bool DistinguishesToday(DateOnly day) => _facts.TermsOn(day).DistinguishesToday;

    private void Lock(Guid origin, Fill fill, decimal fee)
    {
        if (_tallies.TryGetValue(origin, out var mended)) mended.Lose(LockReportGap.Mended);
        if (!_tallies.TryGetValue(DerivedId.OfLock(origin), out var tally)) return;
        var side = tally.Lock.LockedSide;
        if (_days[side].Held(fill.TradingDay) < (tally.LockedOn(fill.TradingDay) + fill.Volume).Value) tally.HasUntoldLots = true;
        var asToday = AsToday(tally.LockedOn(fill.TradingDay) + fill.Volume) - AsToday(tally.LockedOn(fill.TradingDay));
        tally.Open(fill, fee, asToday);
        End(side, fill.Volume, (of, volume) => of.Relock(side, fill, volume));

        decimal? AsToday(Volume volume) => _days[side].AsToday(fill.TradingDay, volume, DistinguishesToday(fill.TradingDay))?.Value;
    }

    private void Unlock(LockTally tally, Fill fill, decimal fee)
    {
        var (side, other) = (fill.LegSide, fill.LegSide.Opposite());
        var paired = TakeBack(tally, side, Volume.Min(fill.Volume, tally.BothLegs));
        tally.Exit(side, fill.Price, fill.Volume, fee);
        tally.BothLegs -= paired;
        tally.LastUnlock = fill.OccurredAt;
        var alone = fill.Volume - paired;
        if (alone.IsZero) return;
        if (!(tally.HasUntoldLots && other == tally.Lock.LockedSide) && _days[other].Held(fill.TradingDay) < alone.Value) tally.Lose(LockReportGap.ClosedElsewhere);
        tally.LetGo(alone, fill);
        _letGo[other].Add((tally, alone));
    }

    /// <summary>The second leg of an unlock of both: what the first let go is closed by the lock itself.</summary>
    private Volume TakeBack(LockTally tally, Side side, Volume wanted)
    {
        var (list, left) = (_letGo[side], wanted);
        for (var i = list.Count - 1; i >= 0 && !left.IsZero; i--)
        {
            if (list[i].Of != tally) continue;
            var taken = Volume.Min(list[i].Left, left);
            left -= taken;
            list[i] = (tally, list[i].Left - taken);
        }
        list.RemoveAll(one => one.Left.IsZero);
        return wanted - left;
    }

    private void End(Side side, Volume volume, Action<LockTally, Volume> end)
    {
        var list = _letGo[side];
        while (!volume.IsZero && list.Count > 0)
        {
            var (of, left) = list[0];
            var taken = Volume.Min(left, volume);
            end(of, taken);
            volume -= taken;
            if (left == taken) list.RemoveAt(0);
            else list[0] = (of, left - taken);
        }
    }

    /// <summary>What is still to be closed must still be held: positions also end without a trade that we are told of.</summary>
    private void Leave(Side side)
    {
        var left = _letGo[side].Aggregate(Volume.Zero, (sum, one) => sum + one.Left);
        var bound = _facts.Locks.Where(held => held.Status is LockStatus.Active or LockStatus.Broken).Aggregate(Volume.Zero, (sum, held) => sum + held.Bound(side));
        var gone = left > _facts.Held(side).Minus(bound);
        foreach (var (of, volume) in _letGo[side])
        {
            of.Leave(side, volume);
            if (gone) of.Lose(LockReportGap.ClosedElsewhere);
        }
    }
}

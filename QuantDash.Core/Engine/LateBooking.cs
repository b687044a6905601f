using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Books trades of a venue that also tells positions. What a snapshot has counted of a trade is undone first, lot by lot, so that the trade then does what it would have
/// done in time: a late close finds the shares that the snapshot took, a late opening replaces the lot that the snapshot added, locks and all.</summary>
internal sealed class LateBooking(LateFills late, LockBook locks)
{
    /// <param name="first">Bound lots that an unlock takes before any other.</param>
    /// <param name="unlocking">The lock it unlocks; null: it belongs to no unlock.</param>
    public FillBooked Book(AccountBook account, Contract contract, ContractTerms terms, Fill fill, IReadOnlyList<LotBinding>? first, Guid? unlocking)
    {
        var before = account.Ledger.Leg(fill.Symbol, fill.LegSide).Lots;
        var booked = fill.Offset == Offset.Open ? Open(account, contract, terms, fill) : Close(account, contract, terms, fill, first, unlocking);
        var lots = LotChanges.Between(before, account.Ledger.Leg(fill.Symbol, fill.LegSide).Lots);
        return booked with { Lots = lots with { LockedTaken = booked.LockedTaken } };
    }

    private FillBooked Open(AccountBook account, Contract contract, ContractTerms terms, Fill fill)
    {
        var explained = late.Explain(account, (fill.Symbol, fill.LegSide, Added: true), fill.Volume, fill.NotBefore ?? fill.OccurredAt, null);
        if (explained.Count == 0) return account.Ledger.Book(fill, contract, terms, includeLocked: true);
        var leg = new LegUndo(account.Ledger.Leg(fill.Symbol, fill.LegSide).Lots, fill.Price);
        var closed = new Volume(0m);
        var correction = 0m;
        foreach (var lot in explained.Where(lot => lot.ClosedAt is not null))
        {
            closed += lot.Volume;
            // Closed at what it was thought to have cost, or at an unknown result, which counted as none.
            correction += ((lot.OpenPrice ?? lot.ClosedAt)!.Value.Value - fill.Price.Value) * lot.Volume.Value * contract.Multiplier * fill.LegSide.Sign();
        }
        var elsewhere = new List<(Guid LotId, Volume Volume)>();
        foreach (var lot in explained.Where(lot => lot.ClosedAt is null))
        {
            var missing = leg.Withdraw(lot.LotId, lot.Volume);
            if (!missing.IsZero) elsewhere.Add((lot.LotId, missing));
        }
        var rest = TakenAgain(account, fill, elsewhere);
        var unknown = leg.WithdrawAny(rest.Left);
        account.Ledger.Replace(contract, fill.LegSide, leg.Lots, fill.TradingDay);
        var booked = account.Ledger.Book(fill, contract, terms, includeLocked: true);
        Reduce(account, contract, fill, booked.OpenedLotId!.Value, closed + rest.Taken + unknown, leg.Moved);
        foreach (var (lotId, share) in rest.Shares) Put(account, fill, lotId, share with { LotId = booked.OpenedLotId.Value });
        Rebind(account, contract, fill, leg.Moved, booked.OpenedLotId.Value);
        if (closed.IsZero) return booked with { Lots = booked.Lots with { LockedTaken = leg.LockedTaken } };
        account.Ledger.CorrectResult(correction);
        return booked with { Accounting = booked.Accounting with { RealisedPnl = correction, ClosePnl = correction }, Lots = booked.Lots with { LockedTaken = leg.LockedTaken } };
    }

    /// <summary>Lots that one snapshot added and a later one took again: the shares that wait for their close are of this trade.</summary>
    private static (Volume Taken, Volume Left, List<(Guid LotId, UnexplainedLot Share)> Shares) TakenAgain(AccountBook account, Fill fill, List<(Guid LotId, Volume Volume)> elsewhere)
    {
        var (taken, left) = (Volume.Zero, Volume.Zero);
        var shares = new List<(Guid, UnexplainedLot)>();
        foreach (var (lotId, volume) in elsewhere)
        {
            var missing = volume;
            foreach (var share in LateFills.Of(account, (fill.Symbol, fill.LegSide, false)).Where(share => share.LotId == lotId && lotId != Guid.Empty))
            {
                var here = Volume.Min(share.Volume, missing);
                missing -= here;
                taken += here;
                if (!here.IsZero)
                    shares.Add((lotId, share with { Volume = here, OpenedOn = fill.TradingDay, OpenedAt = fill.OccurredAt, OpenPrice = fill.Price, MarkBasis = fill.Price }));
            }
            left += missing;
        }
        return (taken, left, shares);
    }

    private void Put(AccountBook account, Fill fill, Guid lotId, UnexplainedLot share)
    {
        var key = (fill.Symbol, fill.LegSide, Added: false);
        var (lots, missing) = (new List<UnexplainedLot>(), share.Volume);
        foreach (var lot in LateFills.Of(account, key))
        {
            var here = lot.LotId == lotId && lot.TakenAt == share.TakenAt && lot.LockId == share.LockId ? Volume.Min(lot.Volume, missing) : Volume.Zero;
            missing -= here;
            if (!here.IsZero) lots.Add(share with { Volume = here });
            if (lot.Volume > here) lots.Add(lot with { Volume = lot.Volume - here });
        }
        late.Put(account, key, lots);
    }

    /// <summary>Takes off the opened lot what is closed by now, and binds of it what was bound of the lots it replaces.</summary>
    private static void Reduce(AccountBook account, Contract contract, Fill fill, Guid opened, Volume gone, IReadOnlyList<LotBinding> moved)
    {
        var locked = new Volume(moved.Sum(binding => binding.Volume.Value));
        var lots = account.Ledger.Leg(fill.Symbol, fill.LegSide).Lots
            .Select(lot => lot.Id == opened ? lot with { Volume = lot.Volume.Minus(gone), LockedVolume = locked } : lot)
            .Where(lot => !lot.Volume.IsZero);
        account.Ledger.Replace(contract, fill.LegSide, [.. lots], fill.TradingDay);
    }

    /// <summary>Locks hold the trade's lot where they held one that a snapshot had added for it.</summary>
    private void Rebind(AccountBook account, Contract contract, Fill fill, IReadOnlyList<LotBinding> moved, Guid opened)
    {
        if (moved.Count == 0) return;
        var left = moved.ToDictionary(binding => binding.LotId, binding => binding.Volume);
        foreach (var held in locks.Of(account.Id, fill.Symbol))
        {
            var bindings = new List<LotBinding>();
            var gained = Volume.Zero;
            foreach (var binding in held.Bindings)
            {
                var here = Volume.Min(left.GetValueOrDefault(binding.LotId), binding.Volume);
                if (!here.IsZero) left[binding.LotId] -= here;
                gained += here;
                if (binding.Volume > here) bindings.Add(binding with { Volume = binding.Volume - here });
            }
            if (gained.IsZero) continue;
            var after = held with { Bindings = [.. bindings, new(opened, fill.LegSide, gained)] };
            locks.Save(after with
            {
                FrozenProfit = LockBook.FrozenOf(after, account, contract.Multiplier),
                ProtectedPrice = after.LockedSide == fill.LegSide ? Average(account, after, fill.LegSide) : after.ProtectedPrice,
                LockPrice = after.LockedSide == fill.LegSide ? after.LockPrice : Average(account, after, fill.LegSide),
            });
        }
    }

    private static Price? Average(AccountBook account, PositionLock held, Side side) =>
        account.Ledger.CostOf(held.Bindings.Where(binding => binding.Side == side)) is { } cost ? new Price(cost / held.Bound(side).Value) : null;

    private FillBooked Close(AccountBook account, Contract contract, ContractTerms terms, Fill fill, IReadOnlyList<LotBinding>? first, Guid? unlocking)
    {
        var explained = late.Explain(account, (fill.Symbol, fill.LegSide, Added: false), fill.Volume, fill.NotBefore ?? fill.OccurredAt, unlocking);
        var undo = new CloseUndo(account.Ledger.Leg(fill.Symbol, fill.LegSide), fill, OffsetPlanner.Takes(fill.Offset, terms), account.Ledger.TradingDay);
        foreach (var share in explained) undo.PutBack(share, share.LockId is { } id && locks.Find(id) is { Status: LockStatus.Active });
        var madeUp = undo.Fill();
        var ready = undo.Lots;
        if (explained.Count > 0 || madeUp is not null) account.Ledger.Replace(contract, fill.LegSide, ready, fill.TradingDay);
        if (madeUp is { } lot && !undo.Short.IsZero) late.RememberMadeUp(account, lot, Volume.Min(lot.Volume, undo.Short), fill.OccurredAt);
        foreach (var back in undo.Bound.GroupBy(bound => bound.LockId))
        {
            var held = locks.Find(back.Key)!;
            locks.Save(held with { Bindings = [.. held.Bindings, .. back.Select(bound => bound.Binding)] });
        }
        if (first is not null) first = [.. first, .. undo.Bound.Where(bound => bound.LockId == unlocking).Select(bound => bound.Binding)];
        var atHand = account.Ledger.Leg(fill.Symbol, fill.LegSide).Lots;
        var booked = account.Ledger.Book(fill, contract, terms, includeLocked: true, first);
        NoteClosed(account, fill, atHand, account.Ledger.Leg(fill.Symbol, fill.LegSide));
        return booked;
    }

    /// <summary>Lots that a snapshot added are closed before their own trade is told: it then knows at which price.</summary>
    private void NoteClosed(AccountBook account, Fill fill, IReadOnlyList<Lot> before, LegBook after)
    {
        var key = (fill.Symbol, fill.LegSide, Added: true);
        var known = LateFills.Of(account, key);
        if (known.Count == 0) return;
        var gone = before.ToDictionary(lot => lot.Id, lot => lot.Volume.Minus(after.PlaceOf(lot.Id) is { } place ? after.Lots[place].Volume : Volume.Zero));
        var lots = new List<UnexplainedLot>();
        foreach (var lot in known)
        {
            var closed = lot.ClosedAt is null ? Volume.Min(lot.Volume, gone.GetValueOrDefault(lot.LotId)) : Volume.Zero;
            if (closed.IsZero)
            {
                lots.Add(lot);
                continue;
            }
            gone[lot.LotId] -= closed;
            if (lot.Volume > closed) lots.Add(lot with { Volume = lot.Volume - closed });
            lots.Add(lot with { Volume = closed, ClosedAt = fill.Price, OpenPrice = before.First(old => old.Id == lot.LotId).OpenPrice });
        }
        if (lots.Count != known.Count || !lots.SequenceEqual(known)) late.Put(account, key, lots);
    }
}

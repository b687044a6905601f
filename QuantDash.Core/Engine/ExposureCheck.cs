using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>A lock over an opposite leg that belongs to another strategy adds exposure and is checked as such before it goes out (DESIGN.md 6.1,
/// <c>opposite: independent</c>), and so does closing one leg of a lock. What only reduces is never blocked here: its venue has the last word.</summary>
internal static class ExposureCheck
{
    /// <summary>Why a lock of this volume is not sent: what it needs and what there is; null when it may go, or funds are unknown.</summary>
    public static string? Refusal(LockTrigger trigger, RuleSlot slot, Volume volume, Instruments.ContractTerms terms)
    {
        if (trigger.Action == LockAction.Unlock) return OfUnlock(slot, volume, terms);
        if (trigger.Action != LockAction.Lock || slot.Rule.Opposite != OppositeLeg.Independent) return null;
        var (ledger, symbol, opposite) = (slot.Account.Ledger, slot.Rule.Symbol, slot.Rule.Direction.Opposite());
        var reduces = ledger.Leg(symbol, slot.Rule.Direction).Volume.Minus(ledger.Leg(symbol, opposite).Volume);
        if (volume <= reduces) return null;
        if (slot.Account.Account.Halt is not null) return LockWords.TradingHalted;
        if (ledger.Funds().Available is not { } available) return null;
        var (margin, fee) = FillBooking.FreezePerUnit(opposite, Offset.Open, slot.Lane.Contract, terms, LockExecutor.LimitPrice(slot));
        var needed = (margin + fee) * volume.Value;
        return available < needed ? LockWords.NotEnoughFunds(needed, available) : null;
    }

    /// <summary>The limits of its account, for a firing that adds exposure; how many orders there were holds up no rule.</summary>
    public static string? OverLimit(LockTrigger trigger, RuleSlot slot, Volume volume, PreTradeCheck limits, DateTimeOffset now)
    {
        if (trigger.Action != LockAction.Unlock && (trigger.Action != LockAction.Lock || slot.Rule.Opposite != OppositeLeg.Independent)) return null;
        var planned = new PlannedTrade(slot.Account, slot.Lane, slot.Rule.Direction.ClosingOrder(), trigger.Action == LockAction.Lock, volume, LockExecutor.LimitPrice(slot));
        return limits.Refusals(planned, LimitChecks.Risk, now) is [var first, ..] ? LimitWords.Sentence(first) : null;
    }

    /// <summary>Closing one leg of a lock leaves the other one open: what is left of the funds is worked out at the worst price its order goes to.</summary>
    private static string? OfUnlock(RuleSlot slot, Volume volume, Instruments.ContractTerms terms)
    {
        var (ledger, symbol, side) = (slot.Account.Ledger, slot.Rule.Symbol, slot.Rule.Direction);
        var net = ledger.Leg(symbol, Side.Long).Volume.Value - ledger.Leg(symbol, Side.Short).Volume.Value;
        if (Math.Abs(net - (side.Sign() * volume.Value)) <= Math.Abs(net) || slot.Lock is not { } held) return null;
        if (slot.Account.Account.Halt is not null) return LockWords.TradingHalted;
        var after = new TrialBooks(ledger, slot.Lane.Contract, terms);
        foreach (var part in UnlockPlanner.Plan(held, side, volume, ledger.Leg(symbol, side), terms, ledger.TradingDay))
            after.Book(side.ClosingOrder(), part.Offset, new(part.Volume, LockExecutor.LimitPrice(slot), IsMaker: false), part.Lots);
        return after.State().Available is { } available and < 0m ? LockWords.NotEnoughAfterUnlock(available) : null;
    }
}

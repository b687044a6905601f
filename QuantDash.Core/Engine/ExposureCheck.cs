using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>A lock over an opposite leg that belongs to another strategy adds exposure and is checked as such before it goes out (DESIGN.md 6.1,
/// <c>opposite: independent</c>). What only reduces is never blocked here: its venue has the last word.</summary>
internal static class ExposureCheck
{
    /// <summary>Why a lock of this volume is not sent: what it needs and what there is; null when it may go, or funds are unknown.</summary>
    public static string? Refusal(LockTrigger trigger, RuleSlot slot, Volume volume, Instruments.ContractTerms terms)
    {
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
}

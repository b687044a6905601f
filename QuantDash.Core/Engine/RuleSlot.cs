using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>One rule with what the engine remembers about it, and where it is watched.</summary>
internal sealed class RuleSlot(LockRule rule, LockRuleState state, long sequence, AccountBook account, SymbolLane lane)
{
    public LockRule Rule { get; set; } = rule;
    public LockRuleState State { get; set; } = state;

    /// <summary>Order of creation: ties on one tick are broken by it.</summary>
    public long Sequence { get; } = sequence;
    public AccountBook Account { get; } = account;
    public SymbolLane Lane { get; } = lane;

    /// <summary>The open or failed trigger that decides what comes next.</summary>
    public Guid? TriggerId { get; set; }

    public LegFacts Leg()
    {
        var leg = Account.Ledger.Leg(Rule.Symbol, Rule.Direction);
        return new(Rule.Direction, leg.Volume, leg.FreeVolume, leg.FreeCost);
    }

    public Volume Lockable(Volume beingLocked)
    {
        var ledger = Account.Ledger;
        return LockVolume.Lockable(
            ledger.Leg(Rule.Symbol, Rule.Direction).Volume,
            ledger.Leg(Rule.Symbol, Rule.Direction.Opposite()).Volume,
            beingLocked + Account.WorkingManualLocks(Rule.Symbol, Rule.Direction),
            Account.WorkingCloses(Rule.Symbol, Rule.Direction));
    }
}

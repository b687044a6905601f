using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>One rule with what the engine remembers about it, and where it is watched.</summary>
internal sealed class RuleSlot(LockRule rule, LockRuleState state, long sequence, AccountBook account, SymbolLane lane, LockBook locks)
{
    public LockRule Rule { get; set; } = rule;
    public LockRuleState State { get; set; } = state;

    /// <summary>Order of creation: ties on one tick are broken by it.</summary>
    public long Sequence { get; } = sequence;
    public AccountBook Account { get; } = account;
    public SymbolLane Lane { get; } = lane;

    /// <summary>The lock that an unlock rule is bound to; null when it is gone, and for any other rule.</summary>
    public PositionLock? Lock => Rule is { Unlocks: true, LockId: { } id } ? locks.Find(id) : null;

    /// <summary>Armed before the process ended, and not compared with a price since: a gain that holds asks the trader first.</summary>
    public bool IsUnseen { get; set; }

    /// <summary>Its open and failed triggers: their conditions, or stages, are not watched until they are settled.</summary>
    public Dictionary<Guid, (ConditionKind Kind, int Stage)> Held { get; } = [];

    /// <summary>When its time condition acts next; null: not before something changes.</summary>
    public TimeMoment? NextMoment { get; set; }

    /// <summary>When <see cref="RuleClock"/> looks at it again; null: never.</summary>
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>Whole minutes of trading time since the leg's oldest lot was opened, where its threshold decays.</summary>
    public long HeldMinutes { get; set; }

    /// <summary>What the profit has to reach now; null when it has no profit condition.</summary>
    public decimal? ProfitThreshold => RuleConditions.ProfitThreshold(Rule, StagesBefore, HeldMinutes);

    /// <summary>The price of it in ticks; null when the open price is unknown.</summary>
    public long? ProfitLevel => RuleConditions.ProfitLevel(Rule, Lane.Contract, ProfitLeg(), StagesBefore, HeldMinutes);

    /// <summary>Stages of its ladder that are spent or held by a trigger: the next one is watched.</summary>
    public int StagesTaken
    {
        get
        {
            var taken = State.StagesDone;
            foreach (var held in Held.Values) taken = Math.Max(taken, held.Stage);
            return taken;
        }
    }

    /// <summary>As the board has it: stages that are not watched now (see <see cref="StageWait"/>).</summary>
    public int StagesPassed { get; set; }

    /// <summary>Stages before the one that is watched.</summary>
    public int StagesBefore => Math.Max(StagesTaken, StagesPassed);

    /// <summary>Whether a condition's firing is still open or failed. A ladder's next stage is a condition of its own.</summary>
    public bool IsHeld(ConditionKind kind)
    {
        if (Held.Count == 0 || (Ladder.Has(Rule, kind) && StagesTaken < Rule.Stages.Count)) return false;
        foreach (var held in Held.Values)
            if (held.Kind == kind) return true;
        return false;
    }

    /// <summary>The leg it watches; of an unlock rule what its lock holds of it, and nothing else.</summary>
    public LegFacts Leg()
    {
        if (Rule.Unlocks) return LockedLeg();
        var leg = Account.Ledger.Leg(Rule.Symbol, Rule.Direction);
        return new(Rule.Direction, leg.Volume, leg.FreeVolume, leg.FreeCost);
    }

    /// <summary>What its ratio is a share of: a lock shrinks by what was unlocked, a leg that was locked does not.</summary>
    public Volume Base => Rule is { Unlocks: true, Shadow: false } ? Leg().Volume + State.DoneVolume : Leg().Volume;

    private LegFacts LockedLeg()
    {
        if (Lock is not { } held) return new(Rule.Direction, Volume.Zero, Volume.Zero, null);
        var lots = held.Bindings.Where(binding => binding.Side == Rule.Direction).ToList();
        return new(Rule.Direction, held.Covered, held.Bound(Rule.Direction), Account.Ledger.CostOf(lots));
    }

    /// <summary>The lots whose profit the profit condition looks at: those of no lock, and for a ladder what it has locked itself, so that its later
    /// stages mean the same leg as the first.</summary>
    public LegFacts ProfitLeg()
    {
        var leg = Leg();
        return Rule.Shadow || !Ladder.Has(Rule, TriggerType.Profit) ? leg
            : leg with { FreeVolume = leg.FreeVolume + State.DoneVolume, FreeCost = leg.FreeCost + State.DoneCost };
    }

    /// <summary>What can be locked, or closed, of the leg now.</summary>
    /// <param name="action">Whether it is locked or closed.</param>
    /// <param name="beingLocked">Volume of the leg that firings are taking already.</param>
    /// <param name="closesEnd">The trader's own closes do not count: they are cancelled before the order goes out.</param>
    public Volume Lockable(LockAction action, Volume beingLocked, bool closesEnd = false)
    {
        if (action == LockAction.Unlock) return Unlockable(beingLocked, closesEnd);
        var leg = Account.Ledger.Leg(Rule.Symbol, Rule.Direction);
        var taken = beingLocked + Account.WorkingManualLocks(Rule.Symbol, Rule.Direction);
        var closes = closesEnd ? Volume.Zero : Account.WorkingManualCloses(Rule.Symbol, Rule.Direction);
        return action == LockAction.Reduce || Rule.Opposite == OppositeLeg.Independent
            ? leg.FreeVolume.Minus(taken + closes)
            : LockVolume.Lockable(leg.Volume, Account.Covering(Rule.Symbol, Rule.Direction.Opposite()), taken, closes);
    }

    /// <summary>What a snapshot counted of an unlock under way is still that unlock's: its fills are yet to be told.</summary>
    private Volume Unlockable(Volume taken, bool closesEnd)
    {
        if (Lock is not { Status: LockStatus.Active } held) return Volume.Zero;
        var left = held.Covered + Account.Awaited(Rule.Symbol, Rule.Direction, held.Id);
        return left.Minus(closesEnd ? taken : taken + Account.UnlockingByHand(held));
    }
}

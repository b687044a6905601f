using QuantDash.Core.Primitives;

namespace QuantDash.Core.Locking;

/// <summary>How many lots a firing locks (DESIGN.md 6, 6.1).</summary>
public static class LockVolume
{
    /// <summary>可锁手数 of a leg: max(0, leg − opposite leg − lots other firings are locking − working closes of the leg). A lock never raises |net|.</summary>
    public static Volume Lockable(Volume leg, Volume opposite, Volume beingLocked, Volume workingCloses) =>
        leg.Minus(opposite + beingLocked + workingCloses);

    /// <summary>What the rule asks for: floor(leg × ratio) to the lot step, less what its firings have taken already. Its ratio is a target: together they
    /// never exceed it.</summary>
    /// <param name="leg">The whole leg, locked part included.</param>
    /// <param name="ratio">Share of it.</param>
    /// <param name="taken">Locked by the rule's firings so far, or about to be.</param>
    /// <param name="step">Lot step.</param>
    /// <param name="atLeastOne">A target below one step becomes one step of a leg that holds one.</param>
    public static Volume Wanted(Volume leg, Ratio ratio, Volume taken, decimal step, bool atLeastOne = true)
    {
        var target = leg.FloorToStep(ratio, step);
        if (atLeastOne && target.IsZero && leg.Value >= step) target = new(step);
        return target.Minus(taken);
    }

    /// <summary>What the stages of a ladder up to <paramref name="stage"/> ask for: floor(base × Σ ratios) − taken.</summary>
    public static Volume WantedBy(LockRule rule, int stage, Volume baseVolume, Volume taken, decimal step)
    {
        var wanted = Ladder.Target(rule, stage, baseVolume, step).Minus(taken);
        return rule.LocksAtLeastOneLot && wanted.IsZero ? Volume.Min(new(step), baseVolume.Minus(taken)) : wanted;
    }
}

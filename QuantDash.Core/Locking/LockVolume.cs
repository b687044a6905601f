using QuantDash.Core.Primitives;

namespace QuantDash.Core.Locking;

/// <summary>How many lots a firing locks (DESIGN.md 6, 6.1).</summary>
public static class LockVolume
{
    /// <summary>可锁手数 of a leg: max(0, leg − opposite leg − lots other firings are locking − working closes of the leg). A lock never raises |net|.</summary>
    public static Volume Lockable(Volume leg, Volume opposite, Volume beingLocked, Volume workingCloses) =>
        leg.Minus(opposite + beingLocked + workingCloses);

    /// <summary>What the rule asks for: floor(leg × ratio) to the lot step, at least one step for a leg that holds one, less what the rule has locked already.</summary>
    public static Volume Wanted(Volume leg, Ratio ratio, Volume done, decimal step)
    {
        var target = leg.FloorToStep(ratio, step);
        if (target.IsZero && leg.Value >= step) target = new(step);
        return target.Minus(done);
    }
}

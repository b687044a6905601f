namespace QuantDash.Core.Markets;

public enum GateVerdict
{
    Rejected,

    /// <summary>A jump over the spike ratio that waits for one agreeing tick; it moves no price, mark or high-water meanwhile.</summary>
    Held,
    Accepted,
}

/// <summary>What the gate made of one tick.</summary>
/// <param name="Reject">Why, when <see cref="GateVerdict.Rejected"/>; otherwise <see cref="TickReject.None"/>.</param>
/// <param name="DiscardedHeld">This tick contradicted the one that was held: count that one as <see cref="TickReject.Spike"/>.</param>
public readonly record struct GateResult(GateVerdict Verdict, TickReject Reject = TickReject.None, bool DiscardedHeld = false)
{
    public bool Accepted => Verdict == GateVerdict.Accepted;

    public static GateResult Rejected(TickReject reason) => new(GateVerdict.Rejected, reason);
}

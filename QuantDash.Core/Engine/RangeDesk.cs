namespace QuantDash.Core.Engine;

/// <summary>Trailing by the average true range: when a bar is complete, the rules that trail by it take the new distance. What a stop has reached is kept: a
/// wider range leaves the level where it is until the best price is that much farther on (DESIGN.md 6.1: a stop never loosens).</summary>
internal sealed class RangeDesk(RuleBook rules)
{
    /// <summary>The lane's latest tick, before conditions are looked at.</summary>
    public void OnTick(SymbolLane lane, DateTimeOffset now)
    {
        var isComplete = false;
        foreach (var series in lane.Ranges) isComplete |= series.Add(lane.Last, lane.Window!);
        if (isComplete) Step(lane, now);
    }

    /// <summary>Time passed without a tick: a quiet market completes its bars too.</summary>
    public void OnTime(SymbolLane lane, DateTimeOffset now)
    {
        var isComplete = false;
        foreach (var series in lane.Ranges) isComplete |= series.CompleteAt(now);
        if (isComplete) Step(lane, now);
    }

    private void Step(SymbolLane lane, DateTimeOffset now)
    {
        foreach (var slot in rules.On(lane))
            rules.StepRange(slot, now);
    }
}

using QuantDash.Core.Locking;

namespace QuantDash.Core.Engine;

/// <summary>The safety net under the tick path: looks at the latest price of every symbol once more, as if an equal tick had come. Firings that could not be sent are decided
/// again, never executed blindly; working ones are chased. Where the tick path left nothing, nothing happens, however often it is asked.</summary>
internal sealed class DueDesk(MarketBook market, TriggerBook triggers, TriggerDesk desk, EngineOptions options)
{
    /// <summary>The triggers that it moved.</summary>
    public IReadOnlyList<Guid> Drain(DateTimeOffset wall)
    {
        var moved = new List<Guid>();
        foreach (var source in market.Sources)
        {
            var now = source.Now(wall);
            foreach (var lane in source.Lanes)
                if (lane is { IsTradable: true, HasTick: true } && lane.Attending.Count > 0 && IsFresh(lane, now)) Drain(lane, now, moved);
        }

        return moved;
    }

    private void Drain(SymbolLane lane, DateTimeOffset now, List<Guid> moved)
    {
        var before = lane.Attending.Select(triggers.Find).OfType<LockTrigger>().ToList();
        desk.Attend(lane, now);
        moved.AddRange(before.Where(was => !ReferenceEquals(triggers.Find(was.Id), was)).Select(was => was.Id));
    }

    /// <summary>A price of long ago decides nothing: the next tick does. Where the feed is the clock, the latest price is the present.</summary>
    private bool IsFresh(SymbolLane lane, DateTimeOffset now) => lane.Source.IsReplay || (!lane.Stale && now - lane.Last.OccurredAt <= options.Gate.MaxTickAge);
}

using QuantDash.Core.Locking;

namespace QuantDash.Core.Engine;

/// <summary>What follows from a tick that was let in, and from time that passed: marks and matches, then decides (DESIGN.md 5).</summary>
internal sealed class TickPath(
    ChangeLog changes, MarketBook market, AccountDesk accounts, RuleBook rules, TriggerBook triggers, TriggerDesk triggerDesk, FiringDesk firingDesk, TimeDesk times,
    RangeDesk ranges, OrderDesk orders, HeldDesk held, RestartWatch restart, AlertDesk alerts, StrategyFeed strategies, EngineOptions options, Func<SymbolLane, DateTimeOffset> clock, Action endStep)
{
    private readonly List<Firing> _firings = [];
    private readonly List<Guid> _rearmed = [];

    public void OnAccepted(SymbolLane lane)
    {
        var now = clock(lane);
        if (lane.SilenceTold) TellReturn(lane, now);
        if (now >= lane.Source.NextDeadline) ExpireWaiting(lane.Source, now);
        foreach (var account in lane.Holders) accounts.OnTick(account, lane, now);
        orders.Drain(clock);
        if (lane.Ranges.Count > 0) ranges.OnTick(lane, now);
        if (lane.IsTradable) Decide(lane, now);
        if (lane.Attending.Count > 0) triggerDesk.Attend(lane, now);
        if (lane.Strategies is { } hosted) strategies.OnTick(lane, hosted, now);
        endStep();
    }

    /// <summary>The machine's clock went on, on a source that goes by it.</summary>
    public void OnWallTime(SourceBook source, DateTimeOffset now)
    {
        foreach (var lane in source.Lanes)
        {
            market.Roll(lane, now);
            if (market.ReleaseHeld(lane, now)) OnAccepted(lane);
            if (lane.Ranges.Count > 0) ranges.OnTime(lane, now);
            if (lane.Held is { Count: > 0 } waiting) held.OnTime(lane, waiting, now);
            NoticeSilence(lane, now);
        }
        if (now >= source.NextDeadline) ExpireWaiting(source, now);
    }

    private void Decide(SymbolLane lane, DateTimeOffset now)
    {
        lane.EvaluatedAt = now;
        lane.Board.OnTick(lane.Last, _firings);
        if (_firings.Count > 0) TakeFirings(lane, now);
        if (lane.Unseen.Count > 0) restart.OnEvaluated(lane, now);
        lane.Board.TakeRearmed(_rearmed);
        rules.TakeRearmed(lane, _rearmed, now);
        if (lane.Held is { Count: > 0 } waiting) held.OnTick(lane, waiting, now);
        if (lane.Alerts is { } told && told.Concerns(lane.Last.LastTicks)) alerts.OnTick(lane, told, now);
    }

    private void TakeFirings(SymbolLane lane, DateTimeOffset now)
    {
        firingDesk.OnFirings(lane, _firings, now);
        _firings.Clear();
    }

    private void ExpireWaiting(SourceBook source, DateTimeOffset now)
    {
        triggerDesk.ExpireWaiting(source, now);
        source.NextDeadline = triggers.NextDeadline(trigger => accounts.Find(trigger.AccountId)?.Source == source);
        var timed = times.Act(source, now);
        if (timed < source.NextDeadline) source.NextDeadline = timed;
    }

    private void NoticeSilence(SymbolLane lane, DateTimeOffset now)
    {
        if (lane.Stale || !lane.HasTick || !lane.IsTradable || now - lane.Last.ReceivedAt <= options.StaleAfter) return;
        lane.Stale = true;
        if (accounts.IsDeserted(lane.Source)) return;
        lane.SilenceTold = true;
        changes.Tell(now, TapeSeverity.Warning, "feed.stale", new(Symbol: lane.Symbol), lane.Source.Source.Name.Value, lane.Last.ReceivedAt.ToString("O"));
    }

    private void TellReturn(SymbolLane lane, DateTimeOffset now)
    {
        lane.SilenceTold = false;
        changes.Tell(now, TapeSeverity.Info, "feed.live", new(Symbol: lane.Symbol), lane.Source.Source.Name.Value);
    }
}

using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Carries the steps of emergency stops out: of each contract one after another, as its orders end. Each is tried once; what cannot be done is told with its reason.
/// It is not stored: after a restart the account is still stopped, and whoever looks at it stops it once more.</summary>
internal sealed class EmergencyWork(ChangeLog changes, AccountDesk accounts, ManualDesk manual, UnlockDesk unlocks, LockBook locks, TriggerBook triggers, EmergencyPlanner planner)
{
    /// <summary>How long a step waits for orders in its way.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Dictionary<(AccountId Account, Symbol Symbol), (Queue<EmergencyStep> Steps, DateTimeOffset Until)> _work = [];

    public void Begin(AccountBook account, IReadOnlyList<EmergencyStep> steps, DateTimeOffset now)
    {
        foreach (var contract in steps.GroupBy(step => step.Symbol)) _work[(account.Id, contract.Key)] = (new(contract), now + Patience);
    }

    public void Drop(AccountId account)
    {
        foreach (var key in _work.Keys.Where(key => key.Account == account).ToList()) _work.Remove(key);
    }

    /// <summary>Sends what can be sent by now.</summary>
    public void GoOn(DateTimeOffset now)
    {
        if (_work.Count == 0) return;
        foreach (var (key, (steps, until)) in _work.ToList())
        {
            if (accounts.Find(key.Account) is not { } account) continue;
            var sent = GoOn(account, key.Symbol, steps, now >= until, now);
            if (steps.Count == 0) _work.Remove(key);
            else if (sent) _work[key] = (steps, now + Patience);
        }
    }

    /// <returns>Whether anything was sent: then the next step has its own time.</returns>
    private bool GoOn(AccountBook account, Symbol symbol, Queue<EmergencyStep> steps, bool isLate, DateTimeOffset now)
    {
        var sent = false;
        while (steps.TryPeek(out var step))
        {
            var isBlocked = step.Blocked is null && IsInTheWay(account, symbol, step.Kind);
            if (isBlocked && (sent || !isLate)) break;
            steps.Dequeue();
            var why = step.Blocked ?? (isBlocked ? "order_in_the_way" : EmergencyPlanner.BlockOf(account, account.Source.Find(symbol)) ?? Send(account, account.Source.Find(symbol)!, step, now));
            if (why is not null) Leave(account, step, why, now);
            else sent = true;
        }

        return sent;
    }

    /// <summary>An order of the contract works, or an unlock goes on. Firings that lock do not hold up a lock: it leaves them their lots.</summary>
    private bool IsInTheWay(AccountBook account, Symbol symbol, EmergencyStepKind kind) =>
        account.Working.Values.Any(order => order.Symbol == symbol && !(kind == EmergencyStepKind.Lock && order is { TriggerId: not null, Purpose: OrderPurpose.Lock }))
        || locks.Of(account.Id, symbol).Any(held => held.Unlocking is not null);

    /// <returns>Why it was not sent; null when it was, or when there is nothing left to do.</returns>
    private string? Send(AccountBook account, SymbolLane lane, EmergencyStep step, DateTimeOffset now) => step switch
    {
        { Kind: EmergencyStepKind.Lock, Leg: { } leg } => Place(account, lane, OrderPurpose.Lock, leg, planner.Unlocked(account, lane.Symbol, leg), now),
        { Kind: EmergencyStepKind.Close, Leg: { } leg } => Place(account, lane, OrderPurpose.Close, leg, Closable(account, lane, leg), now),
        { Kind: EmergencyStepKind.CloseUncovered, Leg: { } leg, LockId: { } id } => locks.Find(id) is { Status: LockStatus.Broken } ? WhyNot(unlocks.CloseUncovered(id, OrderType.Limit, Limit(lane, leg), now)) : null,
        { Kind: EmergencyStepKind.Unlock, LockId: { } id } => locks.Find(id) is null ? null : WhyNot(unlocks.Place(
            new(account.Id, lane.Symbol, id, UnlockLegs.Both, null, OrderType.Limit, Limit(lane, Side.Long), Limit(lane, Side.Short)), now)),
        _ => throw new InvalidOperationException($"{step.Kind} without what it is done to."),
    };

    private string? Place(AccountBook account, SymbolLane lane, OrderPurpose purpose, Side leg, Volume volume, DateTimeOffset now) =>
        volume.IsZero ? null : WhyNot(manual.Place(new(account.Id, lane.Symbol, purpose, leg, volume, OrderType.Limit, Limit(lane, leg)), now, by: OrderGiver.Emergency, inParts: true));

    private Volume Closable(AccountBook account, SymbolLane lane, Side leg)
    {
        var view = PositionViews.Of(account, lane, triggers);
        return (leg == Side.Long ? view.Long : view.Short).ClosableVolume;
    }

    private static Price Limit(SymbolLane lane, Side leg) => EmergencyPlanner.LimitOf(lane, leg.ClosingOrder());

    private static string? WhyNot<T>(Outcome<T> outcome) => outcome.Succeeded ? null : outcome.Problems[0].Code;

    private void Leave(AccountBook account, EmergencyStep step, string why, DateTimeOffset now) => changes.Tell(
        account.Source.Now(now), TapeSeverity.Danger, "emergency.left", new(account.Id, step.Symbol, account.Id.Value), step.Leg is { } leg ? LockWords.Name(leg) : "both", step.Volume.ToString(), EmergencyWords.LeftBecause(why));
}

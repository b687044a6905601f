using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Core.Engine;

namespace QuantDash.Tests.Support;

/// <summary>RELIABILITY.md section 4, "books balance": what must hold after every fault, whatever happened.</summary>
internal static class Books
{
    private const decimal Cent8 = 0.00000001m;

    /// <param name="harness">The engine, with all that it ever wrote down.</param>
    /// <param name="counter">The venue behind it: every order there at most once, and filled as ours is. Null: the venue is our own.</param>
    public static void ShouldBalance(this EngineHarness harness, Counter? counter = null) => ShouldBalance(harness.Journal, harness.Snapshot, counter);

    /// <param name="journal">All that was ever written down, in order.</param>
    /// <param name="snapshot">What the engine says.</param>
    /// <param name="counter">The venue behind it, or null.</param>
    public static void ShouldBalance(MemoryJournal journal, EngineSnapshot snapshot, Counter? counter = null)
    {
        ShouldBalance(DurableState.After(journal.Batches, long.MaxValue), [.. journal.Changes.OfType<JournalChange.FillAdded>()], snapshot, counter);
        RulesFiredOncePerArming(journal.Changes);
    }

    /// <param name="durable">What is written down.</param>
    /// <param name="fills">Every fill that is written down.</param>
    /// <param name="snapshot">What the engine says.</param>
    /// <param name="counter">The venue behind it, or null.</param>
    public static void ShouldBalance(RecoveredState durable, IReadOnlyList<JournalChange.FillAdded> fills, EngineSnapshot snapshot, Counter? counter)
    {
        fills.Select(added => added.Fill.Key).ShouldBeUnique("a trade was booked twice");
        OrdersAreTheSumOfTheirFills(durable.Orders, fills);
        foreach (var account in durable.Accounts) FundsAreTheSumOfTheFills(snapshot, account.Id, fills);
        LotsAreTheLegs(snapshot, durable);
        LegsAreTheSumOfTheFills(durable, fills);
        LocksHoldTheirLots(durable);
        TriggersFiredOnce(durable);
        if (counter is not null) VenueAgrees(durable.Orders, counter);
    }

    /// <summary>For a scene over a bridge.</summary>
    public static void ShouldBalance(this BridgeScene scene) => scene.Harness.ShouldBalance(scene.Counter);

    /// <summary>For a scene over a bridge whose program has not told all yet.</summary>
    public static void ShouldBalanceButForTheVenue(this BridgeScene scene) => scene.Harness.ShouldBalance();

    private static void OrdersAreTheSumOfTheirFills(IReadOnlyList<Order> orders, IReadOnlyList<JournalChange.FillAdded> fills)
    {
        orders.Select(order => order.Id).ShouldBeUnique("an order id was used twice");
        foreach (var order in orders)
            order.FilledVolume.Value.ShouldBe(fills.Where(added => added.Fill.OrderId == order.Id).Sum(added => added.Fill.Volume.Value), $"filled volume of {order.Id}");
    }

    private static void FundsAreTheSumOfTheFills(EngineSnapshot snapshot, AccountId account, IReadOnlyList<JournalChange.FillAdded> fills)
    {
        var funds = snapshot.Accounts.Single(view => view.Account.Id == account).Funds;
        var own = fills.Where(added => added.Fill.AccountId == account).ToList();
        funds.Fees.ShouldBe(own.Sum(added => added.Accounting.Fee), Cent8);
        funds.RealisedPnl.ShouldBe(own.Sum(added => added.Accounting.RealisedPnl ?? 0m), Cent8);
        if (funds is { Equity: { } equity, FloatingPnl: { } floating }) equity.ShouldBe(funds.Deposits + funds.RealisedPnl + floating - funds.Fees, Cent8);
    }

    private static void LotsAreTheLegs(EngineSnapshot snapshot, RecoveredState durable)
    {
        foreach (var lot in durable.Lots)
        {
            lot.Volume.IsZero.ShouldBeFalse();
            lot.LockedVolume.ShouldBeLessThanOrEqualTo(lot.Volume, "more locked than there is");
        }
        foreach (var account in snapshot.Accounts)
        {
            foreach (var leg in account.Positions.SelectMany(position => (IEnumerable<(Symbol Symbol, LegView Leg)>)[(position.Contract.Symbol, position.Long), (position.Contract.Symbol, position.Short)]))
            {
                var lots = durable.Lots.Where(lot => lot.AccountId == account.Account.Id && lot.Symbol == leg.Symbol && lot.Side == leg.Leg.Side).ToList();
                (lots.Sum(lot => lot.Volume.Value), lots.Sum(lot => lot.LockedVolume.Value)).ShouldBe((leg.Leg.Volume.Value, leg.Leg.LockedVolume.Value), $"{leg.Symbol} {leg.Leg.Side}");
            }
        }
    }

    /// <summary>Position = sum of fills. What a snapshot added or took, and no trade has explained yet, is written down beside them; a trade that is told late takes its place.</summary>
    private static void LegsAreTheSumOfTheFills(RecoveredState durable, IReadOnlyList<JournalChange.FillAdded> fills)
    {
        var legs = new Dictionary<(AccountId, Symbol, Side), decimal>();
        void Add(AccountId account, Symbol symbol, Side side, decimal volume) => legs[(account, symbol, side)] = legs.GetValueOrDefault((account, symbol, side)) + volume;
        foreach (var fill in fills.Select(added => added.Fill)) Add(fill.AccountId, fill.Symbol, fill.LegSide, fill.Offset == Offset.Open ? fill.Volume.Value : -fill.Volume.Value);
        foreach (var left in durable.Unexplained) Add(left.AccountId, left.Symbol, left.Side, left.Added ? left.Volume.Value : -left.Volume.Value);
        var held = durable.Lots.GroupBy(lot => (lot.AccountId, lot.Symbol, lot.Side)).ToDictionary(leg => leg.Key, leg => leg.Sum(lot => lot.Volume.Value));
        foreach (var leg in legs.Keys.Union(held.Keys))
            held.GetValueOrDefault(leg).ShouldBe(legs.GetValueOrDefault(leg), $"position = sum of fills, and of what the venue told without one: {leg}");
    }

    /// <summary>No lot belongs to two locks, no lock to lots that are gone.</summary>
    private static void LocksHoldTheirLots(RecoveredState durable)
    {
        var standing = durable.Locks.Where(held => held.Status is LockStatus.Active or LockStatus.Broken).ToList();
        var bound = standing.SelectMany(held => held.Bindings).GroupBy(binding => binding.LotId).ToDictionary(group => group.Key, group => group.Sum(binding => binding.Volume.Value));
        foreach (var lot in durable.Lots) lot.LockedVolume.Value.ShouldBe(bound.GetValueOrDefault(lot.Id), $"lot {lot.Id} of {lot.Side}");
        bound.Keys.Except(durable.Lots.Select(lot => lot.Id)).ShouldBeEmpty("a lock holds lots that are gone");
        foreach (var held in standing.Where(held => held.Status == LockStatus.Active && held.Unlocking is null)) held.Bound(Side.Long).ShouldBe(held.Bound(Side.Short), $"lock {held.Id}");
    }

    private static void TriggersFiredOnce(RecoveredState durable)
    {
        durable.Triggers.Select(trigger => trigger.Id).ShouldBeUnique("a trigger twice");
        durable.Executions.Select(execution => execution.TriggerId).ShouldBeUnique("a firing was carried out twice");
        durable.Locks.Where(held => held.TriggerId is not null).Select(held => held.TriggerId!.Value).ShouldBeUnique("two locks of one firing");
        foreach (var trigger in durable.Triggers)
        {
            var orders = durable.Orders.Where(order => order.TriggerId == trigger.Id).ToList();
            trigger.FilledVolume.Value.ShouldBe(orders.Sum(order => order.FilledVolume.Value), $"filled volume of trigger {trigger.Id}");
            orders.Count(order => !order.IsFinal).ShouldBeLessThanOrEqualTo(1, "the next child goes only after the previous is final");
        }
    }

    /// <summary>A condition, or a stage of a ladder, that fired does not fire again before its rule was armed anew: by an edit, by time, by being false, by having a leg again, or because the
    /// firing came to nothing.</summary>
    private static void RulesFiredOncePerArming(IEnumerable<JournalChange> changes)
    {
        var fired = new Dictionary<(Guid Rule, ConditionKind Kind, int Stage), Guid>();
        var states = new Dictionary<Guid, LockRuleState>();
        var known = new HashSet<Guid>();
        void Rearm(Guid rule)
        {
            foreach (var spent in fired.Keys.Where(key => key.Rule == rule).ToList()) fired.Remove(spent);
        }

        foreach (var change in changes)
        {
            switch (change)
            {
                case JournalChange.RuleSaved { Rule: var rule }:
                    Rearm(rule.Id);
                    break;
                case JournalChange.RuleStateSaved { State: var state }:
                    if (states.TryGetValue(state.RuleId, out var before) && IsArmedAnew(before, state)) Rearm(state.RuleId);
                    states[state.RuleId] = state;
                    break;
                case JournalChange.TriggerSaved { Trigger: var trigger }:
                    var key = (trigger.ConfigId, trigger.Condition, trigger.Stage);
                    if (known.Add(trigger.Id)) fired.TryAdd(key, trigger.Id).ShouldBeTrue($"rule {trigger.ConfigId} fired twice in one arming: {trigger.TriggerCondition}");
                    var cameToNothing = trigger.Status is TriggerStatus.Cancelled or TriggerStatus.Expired or TriggerStatus.PartiallyExecuted;
                    if (cameToNothing && fired.GetValueOrDefault(key) == trigger.Id) fired.Remove(key);
                    break;
                default:
                    break;
            }
        }
    }

    private static bool IsArmedAnew(LockRuleState before, LockRuleState now) =>
        (before.State is ArmState.Idle or ArmState.Cooling or ArmState.WaitingForFalse && now.State != before.State) || (before.Spent && !now.Spent);

    private static void VenueAgrees(IReadOnlyList<Order> orders, Counter counter)
    {
        counter.Placed.ShouldBeUnique("an order reached the venue twice");
        counter.Placed.Except(orders.Select(order => order.Id)).ShouldBeEmpty("the venue has an order that we never decided");
        foreach (var id in counter.Placed) orders.Single(order => order.Id == id).FilledVolume.Value.ShouldBe(counter.FilledOf(id), $"the venue filled of {id}");
    }
}

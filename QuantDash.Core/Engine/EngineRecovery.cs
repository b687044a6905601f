using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Rebuilds the engine from what was durable. An order that was not known to have reached its venue is looked up before anything else is sent;
/// every rule that was armed is armed again.</summary>
internal sealed class EngineRecovery(
    ChangeLog changes, MarketBook market, AccountDesk accounts, RuleBook rules, TriggerBook triggers, LockBook locks, LockKeeper lockKeeper, PairDesk pairs, OrderDesk orders, HeldDesk heldOrders, MissedMoments missed, AlertDesk alerts, LimitDesk limits, StrategyRecovery strategies)
{
    private static readonly SourceName[] VenueSources = [new("simulated"), new("bridge")];

    public void Load(RecoveredState state, DateTimeOffset now)
    {
        changes.Continue(state);
        foreach (var source in state.Sources) market.Add(source);
        AddVenueSources(now);
        foreach (var account in state.Accounts) Open(account, state, now);
        RestoreClocks(state);
        limits.Restore(state.Limits);
        foreach (var order in state.Orders.OrderBy(order => order.CreatedAt).ThenBy(order => order.Child)) accounts.Find(order.AccountId)?.Counts.Note(order);
        foreach (var held in state.Locks)
        {
            locks.Restore(held);
            pairs.Restore(held);
        }
        foreach (var execution in state.Executions) lockKeeper.Restore(execution);
        foreach (var trigger in state.Triggers.OrderBy(trigger => trigger.UpdatedAt)) triggers.Restore(trigger);
        var remembered = state.RuleStates.ToDictionary(item => item.RuleId);
        foreach (var rule in state.Rules.OrderBy(rule => rule.CreatedAt).ThenBy(rule => rule.Id)) Restore(rule, remembered.GetValueOrDefault(rule.Id), now);
        foreach (var last in state.LastTicks)
            if (market.Find(last.Source)?.Find(last.Symbol) is { } lane) lane.BeforeStop = last;
        // Of those that ended so many are remembered, the latest to end: they come last, in that order.
        foreach (var order in state.Orders.OrderBy(order => order.IsFinal ? order.UpdatedAt : DateTimeOffset.MinValue)) Restore(order, now);
        strategies.Load(state, now);
        foreach (var waiting in state.HeldOrders.OrderBy(item => item.UpdatedAt).ThenBy(item => item.Sequence)) heldOrders.Restore(waiting, now);
        foreach (var alert in state.Alerts.OrderBy(item => item.UpdatedAt)) alerts.Restore(alert, now);
        var byRule = state.Triggers.ToLookup(trigger => trigger.ConfigId);
        foreach (var slot in rules.All) ResumeTriggers(slot, [.. byRule[slot.Rule.Id]], slot.Account.Source.Now(now));
        foreach (var slot in rules.All) missed.Tell(slot, slot.Account.Source.Now(now));
        foreach (var slot in rules.All) rules.Refresh(slot, slot.Account.Source.Now(now));
        foreach (var account in accounts.All)
            foreach (var symbol in account.Ledger.Symbols) pairs.Notice(account, symbol, account.Source.Now(now));
        changes.Tell(now, TapeSeverity.Info, "engine.recovered", default,
            rules.All.Count(slot => slot.State.State == ArmState.Armed).ToString(System.Globalization.CultureInfo.InvariantCulture),
            triggers.Open.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>Every venue has a source of its own name, which its accounts hear unless told otherwise.</summary>
    private void AddVenueSources(DateTimeOffset now)
    {
        foreach (var name in VenueSources.Where(name => market.Find(name) is null))
        {
            var source = new Source { Name = name, Clock = SourceClock.Wall, CreatedAt = now };
            market.Add(source);
            changes.Add(new JournalChange.SourceSaved(source));
        }
    }

    private void Open(Account account, RecoveredState state, DateTimeOffset now)
    {
        var source = market.Find(account.Source) ?? throw new InvalidOperationException($"Account {account.Id} hears the source {account.Source}, which is not there.");
        var balances = state.Ledgers.FirstOrDefault(ledger => ledger.AccountId == account.Id) ?? new LedgerBalances { AccountId = account.Id, Currency = account.Currency };
        var book = accounts.Open(account, source, balances, state.Lots.Where(lot => lot.AccountId == account.Id), now);
        foreach (var stored in state.Excursions.Where(stored => stored.AccountId == account.Id)) book.Ledger.Restore(stored);
        foreach (var trade in state.BookedTrades.Where(trade => trade.Key.AccountId == account.Id)) book.SeenTrades.Restore(trade);
        foreach (var left in state.Unexplained.Where(left => left.AccountId == account.Id && !left.Volume.IsZero))
            book.Unexplained[(left.Symbol, left.Side, left.Added)] = left.AllLots();
    }

    /// <summary>A source whose feed is the clock goes on at the latest tick that decided or filled something.</summary>
    private void RestoreClocks(RecoveredState state)
    {
        var byAccount = state.Triggers.Select(trigger => (trigger.AccountId, At: trigger.TickTimestamp))
            .Concat(state.Orders.Where(order => !order.FilledVolume.IsZero).Select(order => (order.AccountId, At: order.UpdatedAt)))
            .GroupBy(item => item.AccountId, item => item.At);
        foreach (var times in byAccount)
            if (accounts.Find(times.Key) is { Source.IsReplay: true } account) account.Source.ResumeAt(times.Max());
    }

    private void Restore(LockRule rule, LockRuleState? remembered, DateTimeOffset now)
    {
        if (accounts.Find(rule.AccountId) is not { } account || accounts.Hold(account, rule.Symbol, now) is not { } lane) return;
        var slot = rules.Add(rule, remembered ?? new() { RuleId = rule.Id, State = ArmState.Idle, UpdatedAt = now }, account, lane);
        if (account.Source.IsReplay || slot.State.State is ArmState.Idle or ArmState.Done) return;
        slot.IsUnseen = true;
        lane.Unseen.Add(slot);
    }

    /// <summary>The simulated venue's book is our own table: it goes on with what it had accepted, and has never seen the rest. A bridge asks its program.</summary>
    private void Restore(Order order, DateTimeOffset now)
    {
        if (accounts.Find(order.AccountId) is not { } account || accounts.Hold(account, order.Symbol, now) is not { } lane) return;
        orders.Restore(order, account, lane, account.Source.Now(now));
        if (!order.FilledVolume.IsZero && order.UpdatedAt > account.LastFillAt.GetValueOrDefault(order.Symbol)) account.LastFillAt[order.Symbol] = order.UpdatedAt;
        if (!order.IsFinal) account.Venue.Query(order);
    }

    /// <summary>A failed trigger holds its condition until a person settles it, as an open one does.</summary>
    private void ResumeTriggers(RuleSlot slot, IReadOnlyList<LockTrigger> remembered, DateTimeOffset now)
    {
        foreach (var trigger in remembered.Where(trigger => trigger.IsOpen || (trigger.Status == TriggerStatus.Failed && slot.State.State == ArmState.Fired)))
        {
            slot.Held[trigger.Id] = (trigger.Condition, trigger.Stage);
            if (trigger.IsOpen) Resume(trigger, slot, now);
        }
        // It fired and nothing is left that would decide what comes next, its trigger being too old to be loaded: it waits for an edit.
        if (slot.State.State == ArmState.Fired && slot.Held.Count == 0) rules.Set(slot, ArmState.Done, now);
    }

    private void Resume(LockTrigger trigger, RuleSlot slot, DateTimeOffset now)
    {
        if (trigger.Status is TriggerStatus.Pending or TriggerStatus.Executing) triggers.Attend(trigger.Id, slot.Lane);
        if (trigger.ConfirmBy is { } until && trigger.Status == TriggerStatus.WaitingConfirm && until < slot.Lane.Source.NextDeadline) slot.Lane.Source.NextDeadline = until;
        if (trigger.Status == TriggerStatus.Executing && slot.Account.WorkingFor(trigger.Id).Count == 0)
            triggers.Save(trigger.To(TriggerStatus.Pending, slot.Account.Source.Now(now)));
    }
}

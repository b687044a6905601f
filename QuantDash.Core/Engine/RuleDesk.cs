using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>A rule was stored.</summary>
/// <param name="FiresNow">Its condition holds already: it fires at the next tradable tick.</param>
/// <param name="Volume">How many lots that would lock.</param>
/// <param name="Price">At about which price.</param>
public sealed record RuleSaved(LockRule Rule, bool FiresNow, Volume Volume, Price? Price)
{
    /// <summary>What the venue would hold back for locking the whole leg now: full-leg margin, before single-side relief; null without a leg or a price.</summary>
    public decimal? LockMargin { get; init; }

    /// <summary>Whether the account's available funds cover that; null when unknown.</summary>
    public bool? LockMarginIsCovered { get; init; }
}

/// <summary>Rules made, changed and removed by people.</summary>
internal sealed class RuleDesk(ChangeLog changes, RuleBook rules, TriggerBook triggers, AccountDesk accounts, BookKeeper keeper, UnlockRules unlocks)
{
    /// <param name="asked">As it was given.</param>
    /// <param name="now">The machine's clock.</param>
    /// <param name="bestSinceLock">For an unlock rule that trails: the best price of the ticks stored since its lock; null: none were.</param>
    public Outcome<RuleSaved> Save(LockRule asked, DateTimeOffset now, Price? bestSinceLock = null)
    {
        var rule = unlocks.Bind(asked);
        if (WhyRefused(rule, now) is { } refusal) return Outcome<RuleSaved>.Failure([refusal]);
        var account = accounts.Find(rule.AccountId)!;
        var clock = account.Source.Now(now);
        var before = rules.Find(rule.Id)?.Rule;
        var slot = Put(rule, account, accounts.Hold(account, rule.Symbol, now)!, clock, bestSinceLock);
        changes.Add(new JournalChange.RuleSaved(rule, before));
        rules.Refresh(slot, clock);
        return Outcome<RuleSaved>.Success(WithFunds(WouldFire(slot, clock), slot));
    }

    /// <summary>All of them or none: nothing is written before every one has been looked at, so that a refusal leaves no trace.</summary>
    /// <param name="edits">Each rule once.</param>
    /// <param name="write">False: they are only looked at.</param>
    /// <param name="now">The machine's clock.</param>
    public RuleBatch SaveAll(IReadOnlyList<RuleEdit> edits, bool write, DateTimeOffset now)
    {
        List<RuleRefused> refused = [];
        for (var i = 0; i < edits.Count; i++)
        {
            if ((WhyOutdated(edits[i]) ?? WhyRefused(edits[i].Rule, now)) is { } problem) refused.Add(new(i, problem));
        }

        return refused.Count > 0 || !write ? new([], refused) : new([.. edits.Select(edit => Save(edit.Rule, now).Value)], []);
    }

    public Outcome<LockRule> Delete(Guid id, DateTimeOffset now)
    {
        if (rules.Find(id) is not { } slot) return Outcome<LockRule>.Failure("id", "unknown_rule", id);
        if (WhyBusy(id) is { } busy) return Outcome<LockRule>.Failure([busy]);
        var clock = slot.Account.Source.Now(now);
        foreach (var trigger in triggers.Open.Where(trigger => trigger.ConfigId == id).ToList())
            triggers.Save(trigger.To(TriggerStatus.Cancelled, clock) with { ErrorMessage = "规则已删除" });
        rules.Remove(slot);
        changes.Add(new JournalChange.RuleDeleted(id, slot.Rule));
        changes.Tell(clock, TapeSeverity.Info, "rule.deleted", new(slot.Account.Id, slot.Rule.Symbol, id), LockWords.Name(slot.Rule.Direction));
        return Outcome<LockRule>.Success(slot.Rule);
    }

    /// <summary>All of them or none.</summary>
    /// <param name="seen">Each rule once, as whoever deletes it saw it.</param>
    /// <param name="write">False: they are only looked at.</param>
    /// <param name="now">The machine's clock.</param>
    /// <returns>Those that keep all of them from being deleted; empty when they are gone, or could be.</returns>
    public IReadOnlyList<RuleRefused> DeleteAll(IReadOnlyList<LockRule> seen, bool write, DateTimeOffset now)
    {
        List<RuleRefused> refused = [];
        for (var i = 0; i < seen.Count; i++)
        {
            if ((WhyOutdated(new(seen[i], seen[i].UpdatedAt)) ?? WhyBusy(seen[i].Id)) is { } problem) refused.Add(new(i, problem));
        }

        if (refused.Count > 0 || !write) return refused;
        foreach (var rule in seen) Delete(rule.Id, now);
        return [];
    }

    public bool IsExecuting(Guid ruleId) => triggers.Open.Any(trigger => trigger.ConfigId == ruleId && trigger.Status == TriggerStatus.Executing);

    /// <summary>Keeps a rule that makes no sense as it was written, switched off; false when it names no account or contract of ours.</summary>
    public bool PutOff(LockRule rule, DateTimeOffset now)
    {
        if (accounts.Find(rule.AccountId) is not { } account || accounts.Hold(account, rule.Symbol, now) is not { } lane) return false;
        var clock = account.Source.Now(now);
        SwitchOff(Put(rule, account, lane, clock), rule.DisabledReason!, clock);
        return true;
    }

    /// <summary>A rule whose row was made invalid from outside is watched no more; what the row says is not ours to write.</summary>
    public void SwitchOff(RuleSlot slot, string reason, DateTimeOffset now)
    {
        Withdraw(slot, now);
        slot.Rule = slot.Rule with { IsEnabled = false, DisabledReason = reason };
        rules.Set(slot, ArmState.Idle, now, reason);
        rules.Refresh(slot, now);
        changes.Tell(now, TapeSeverity.Danger, "rule.disabled", new(slot.Account.Id, slot.Rule.Symbol, slot.Rule.Id), LockWords.Name(slot.Rule.Direction), reason);
    }

    /// <summary>The account is closed: a rule that is on is switched off, and whatever waited or failed of it is over.</summary>
    public void CloseWith(RuleSlot slot, DateTimeOffset now)
    {
        Withdraw(slot, now, LockWords.AccountClosed);
        if (slot.Rule.IsEnabled) Write(slot, slot.Rule with { IsEnabled = false, DisabledReason = LockWords.AccountClosed, UpdatedAt = now });
        rules.Refresh(slot, now);
    }

    /// <summary>Watched again, with what it remembers, where it was closing the account that switched it off.</summary>
    public void GoOn(RuleSlot slot, DateTimeOffset now)
    {
        if (slot.Rule is { IsEnabled: false, DisabledReason: LockWords.AccountClosed }) Write(slot, slot.Rule with { IsEnabled = true, DisabledReason = null, UpdatedAt = now });
        rules.Refresh(slot, now);
    }

    private void Write(RuleSlot slot, LockRule rule)
    {
        changes.Add(new JournalChange.RuleSaved(rule, slot.Rule));
        slot.Rule = rule;
    }

    private Problem? WhyRefused(LockRule rule, DateTimeOffset now)
    {
        if (accounts.Find(rule.AccountId) is not { } account) return new("account_id", "unknown_account", rule.AccountId);
        if (account.WhyClosed is { } closed) return closed;
        if (accounts.Hold(account, rule.Symbol, now) is not { } lane) return new("symbol", "unknown_symbol", rule.Symbol);
        return Refusal(rule, account, lane) ?? unlocks.Refusal(unlocks.Bind(rule), lane) ?? WhyBusy(rule.Id);
    }

    private Problem? WhyBusy(Guid id) => IsExecuting(id) ? new("id", "rule_executing", id) : null;

    private Problem? WhyOutdated(RuleEdit edit)
    {
        if (rules.Find(edit.Rule.Id)?.Rule.UpdatedAt == edit.Seen) return null;
        return new("id", rules.Find(edit.Rule.Id) is null ? "unknown_rule" : "changed_meanwhile", edit.Rule.Id);
    }

    private static Problem? Refusal(LockRule rule, AccountBook account, SymbolLane lane)
    {
        if (rule.Action == LockAction.Lock && !lane.Contract.Product.HoldsBothSides) return new("symbol", "cannot_hold_both_sides", rule.Symbol);
        if (lane.Contract.Currency != account.Account.Currency) return new("symbol", "currency_differs", lane.Contract.Currency, account.Account.Currency);
        return RuleConditions.HasAny(rule) ? null : new("trigger_type", "no_live_condition");
    }

    /// <summary>A changed rule starts afresh: its high-water, what it has locked and what it waited for belong to the old terms.</summary>
    private RuleSlot Put(LockRule rule, AccountBook account, SymbolLane lane, DateTimeOffset now, Price? bestSinceLock = null)
    {
        var fresh = unlocks.StartTrailing(new() { RuleId = rule.Id, State = ArmState.Idle, UpdatedAt = now }, rule, lane.Contract, bestSinceLock);
        if (rules.Find(rule.Id) is not { } slot)
        {
            changes.Tell(now, TapeSeverity.Info, "rule.created", new(account.Id, rule.Symbol, rule.Id), LockWords.Name(rule.Direction));
            return rules.Add(rule, fresh, account, lane);
        }
        changes.Tell(now, TapeSeverity.Info, "rule.changed", new(account.Id, rule.Symbol, rule.Id), LockWords.Name(rule.Direction));
        Withdraw(slot, now);
        slot.IsUnseen = false;
        if (slot.Account != account || slot.Lane != lane)
        {
            rules.Remove(slot);
            return rules.Add(rule, fresh, account, lane);
        }
        if (KeepsProgress(slot.Rule, rule)) fresh = fresh with { HighWaterTicks = slot.State.HighWaterTicks, HighWaterSince = slot.State.HighWaterSince, TrailingActive = slot.State.TrailingActive, ArmedAt = slot.State.ArmedAt, TrailingDistanceTicks = KeepsRange(slot.Rule, rule) ? slot.State.TrailingDistanceTicks : null };
        slot.Lane.Board.Disarm(rule.Id);
        slot.Rule = rule;
        rules.Save(slot, fresh);
        return slot;
    }

    /// <summary>A stop never loosens: the high-water stays when the same leg goes on being trailed.</summary>
    private static bool KeepsProgress(LockRule before, LockRule after) =>
        RuleConditions.HasTrailing(before) && RuleConditions.HasTrailing(after) && before.Direction == after.Direction
        && before.PriceSource == after.PriceSource && before.TrailingActivation == after.TrailingActivation && before.IsEnabled && after.IsEnabled
        && before.LockId == after.LockId;

    private static bool KeepsRange(LockRule before, LockRule after) =>
        before.TrailingMode == TrailingMode.Atr && after.TrailingMode == TrailingMode.Atr && before.TrailingDistance == after.TrailingDistance
        && before.AtrPeriod == after.AtrPeriod && before.AtrTimeframe == after.AtrTimeframe;

    private void Withdraw(RuleSlot slot, DateTimeOffset now, string why = "规则已修改")
    {
        rules.SaveBest(slot, now);
        foreach (var trigger in triggers.Open.Where(trigger => trigger.ConfigId == slot.Rule.Id).ToList())
            triggers.Save(trigger.To(TriggerStatus.Cancelled, now) with { ErrorMessage = why });
        foreach (var id in slot.Held.Keys)
            if (triggers.Find(id) is { Status: TriggerStatus.Failed } failed) triggers.Save(failed.To(TriggerStatus.Cancelled, now) with { ExecutionResult = why });
        slot.Held.Clear();
    }

    /// <summary>A venue freezes the whole margin of the opposite leg before it grants relief: what would be refused later is said now.</summary>
    private RuleSaved WithFunds(RuleSaved saved, RuleSlot slot)
    {
        if (slot.Rule.Action != LockAction.Lock || slot.Leg().Volume is not { IsZero: false } leg) return saved;
        var request = new OrderRequest(slot.Account.Id, slot.Rule.Symbol, OrderPurpose.Lock, slot.Rule.Direction, leg, OrderType.Market, null);
        var (margin, isCovered) = OrderPreviewBuilder.FreezeOf(request, slot.Account.Ledger, slot.Lane.Contract, keeper.TermsOf(slot.Lane), slot.Lane.Last);
        return saved with { LockMargin = margin, LockMarginIsCovered = isCovered };
    }

    private RuleSaved WouldFire(RuleSlot slot, DateTimeOffset now)
    {
        if (slot.State.State != ArmState.Armed || ConditionExplainer.HoldsNow(slot, now) is not { } kind) return new(slot.Rule, false, Volume.Zero, null);
        var wanted = FiringVolume.Of(slot, kind, slot.Lane.LastPrice!.Value, Volume.Zero).Wanted;
        var lockable = slot.Lockable(slot.Rule.Action, triggers.BeingTaken(slot));
        return new(slot.Rule, true, Volume.Min(wanted, lockable), slot.Lane.LastPrice);
    }
}

using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Binds unlock rules to their locks, and switches them off when these are gone: they never fire on other lots.</summary>
internal sealed class UnlockRules(ChangeLog changes, RuleBook rules, TriggerBook triggers, LockBook locks, BookKeeper keeper)
{
    private readonly HashSet<Guid> _orphans = [];

    /// <summary>The rule with its lock: the one it names, else the newest of its contract.</summary>
    public LockRule Bind(LockRule rule) =>
        rule is { Unlocks: true, LockId: null } && Newest(rule) is { } held ? rule with { LockId = held.Id } : rule;

    /// <summary>Why a bound rule is not taken; null: it is.</summary>
    public Problem? Refusal(LockRule rule, SymbolLane lane)
    {
        if (!rule.Unlocks || !rule.IsEnabled) return null;
        if (rule.LockId is not { } id) return new("lock_id", "no_lock", rule.Symbol);
        if (locks.Find(id) is not { } held || held.AccountId != rule.AccountId || held.Symbol != rule.Symbol) return new("lock_id", "unknown_lock", id);
        if (held.Status != LockStatus.Active) return new("lock_id", "lock_broken", held.UncoveredVolume);
        return rule.TriggerTime is { Kind: TriggerTimeKind.CloseTodayRelief } && RuleConditions.HasTime(rule) ? NoRelief(held, rule, lane) : null;
    }

    /// <summary>Where the high-water of a trailing rule starts: at the best price since its lock, as far as that is known.</summary>
    /// <param name="fresh">The state of a rule that starts afresh.</param>
    /// <param name="rule">Bound to its lock.</param>
    /// <param name="contract">What it watches.</param>
    /// <param name="stored">The best price of the ticks that were stored since the lock; null: none were.</param>
    public LockRuleState StartTrailing(LockRuleState fresh, LockRule rule, Contract contract, Price? stored)
    {
        if (!rule.Unlocks || rule.PriceSource != PriceSource.Last || !RuleConditions.HasTrailing(rule) || rule.LockId is not { } id || locks.Find(id) is not { } held) return fresh;
        // An adopted pair was no lock when its legs were opened.
        var atLock = held.IsAdopted ? null : held.LockPrice;
        if ((stored ?? atLock) is not { } known) return fresh;
        var best = atLock is { } made && (rule.Direction == Side.Long ? made > known : made < known) ? made : known;
        var ticks = rule.Direction == Side.Long ? contract.TicksAtOrBelow(best) : contract.TicksAtOrAbove(best);
        var isAwake = RuleConditions.ActivationLevel(rule, contract) is not { } level || (rule.Direction == Side.Long ? ticks >= level : ticks <= level);
        return isAwake ? fresh with { HighWaterTicks = ticks, TrailingActive = true, HighWaterSince = stored is null ? HighWaterSince.LockPrice : HighWaterSince.StoredTicks } : fresh;
    }

    /// <summary>After a restart: locks that went while nobody looked.</summary>
    public void LookAtAll()
    {
        foreach (var slot in rules.All)
            if (IsOrphan(slot)) _orphans.Add(slot.Rule.Id);
    }

    /// <summary>Rules whose lock was let go, or broke, in this step; one whose order is at the venue is switched off when that has ended.</summary>
    public void GoOn(Func<SymbolLane, DateTimeOffset> now)
    {
        foreach (var (account, symbol) in locks.TakeEnded())
        {
            foreach (var slot in rules.Of(account, symbol))
                if (IsOrphan(slot)) _orphans.Add(slot.Rule.Id);
        }

        if (_orphans.Count == 0) return;
        foreach (var id in _orphans.ToList())
        {
            if (rules.Find(id) is { } slot && IsOrphan(slot))
            {
                if (triggers.Open.Any(trigger => trigger.ConfigId == id && trigger.Status == TriggerStatus.Executing)) continue;
                SwitchOff(slot, now(slot.Lane));
            }
            _orphans.Remove(id);
        }
    }

    private static bool IsOrphan(RuleSlot slot) => slot is { Rule: { Unlocks: true, IsEnabled: true }, State.State: not ArmState.Done } && slot.Lock is not { Status: LockStatus.Active };

    private void SwitchOff(RuleSlot slot, DateTimeOffset now)
    {
        var (before, reason) = (slot.Rule, slot.Lock is null ? LockWords.LockGone : LockWords.LockBroken);
        foreach (var trigger in triggers.Open.Where(trigger => trigger.ConfigId == before.Id).ToList())
            triggers.Save(trigger.To(TriggerStatus.Cancelled, now) with { ErrorMessage = reason });
        foreach (var id in slot.Held.Keys)
            if (triggers.Find(id) is { Status: TriggerStatus.Failed } failed) triggers.Save(failed.To(TriggerStatus.Cancelled, now) with { ExecutionResult = reason });
        slot.Held.Clear();
        slot.Rule = before with { IsEnabled = false, DisabledReason = reason, UpdatedAt = now };
        changes.Add(new JournalChange.RuleSaved(slot.Rule, before));
        rules.Refresh(slot, now);
        changes.Tell(now, TapeSeverity.Danger, "rule.disabled", new(slot.Account.Id, before.Symbol, before.Id), LockWords.Name(before.Direction), reason);
    }

    private PositionLock? Newest(LockRule rule) => locks.Of(rule.AccountId, rule.Symbol).LastOrDefault(held => held.Status == LockStatus.Active);

    /// <summary>Waiting for older lots pays only where closing today's costs more.</summary>
    private Problem? NoRelief(PositionLock held, LockRule rule, SymbolLane lane)
    {
        if ((lane.LastPrice ?? held.LockPrice) is not { } price) return null;
        var fees = keeper.TermsOf(lane).Fees;
        var (today, later) = (TradeFees.Close(fees, lane.Contract, price, new(1m), Volume.Zero), TradeFees.Close(fees, lane.Contract, price, Volume.Zero, new(1m)));
        return today > later ? null : new("trigger_time", "close_today_not_dearer", rule.Symbol, today, later);
    }
}

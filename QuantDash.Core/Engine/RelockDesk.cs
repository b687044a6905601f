using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Makes the rule that locks again what an unlock rule let go. Its id follows from the firing, so that one firing never makes two.</summary>
internal sealed class RelockDesk(ChangeLog changes, RuleBook rules)
{
    private const byte Kind = 3;

    /// <param name="trigger">It let go of <see cref="LockTrigger.FilledVolume"/>, and goes no further.</param>
    /// <param name="slot">Its rule.</param>
    /// <param name="average">At which average price; null when nothing was filled.</param>
    /// <param name="now">On the clock of its account.</param>
    public void OnUnlocked(LockTrigger trigger, RuleSlot slot, Price? average, DateTimeOffset now)
    {
        if (trigger.Action != LockAction.Unlock || average is not { } price || trigger.FilledVolume.IsZero) return;
        if (slot.Rule is { RelockPrice: null, RelockTicks: null } || rules.Find(DerivedId.Of(trigger.Id, Kind)) is not null) return;
        var rule = RuleOf(trigger, slot, price, now);
        changes.Add(new JournalChange.RuleSaved(rule, null));
        var made = rules.Add(rule, new() { RuleId = rule.Id, State = ArmState.Idle, UpdatedAt = now }, slot.Account, slot.Lane);
        changes.Tell(now, TapeSeverity.Info, "rule.relock_armed", new(slot.Account.Id, rule.Symbol, rule.Id), LockWords.Name(rule.Direction), trigger.FilledVolume.ToString(), LevelOf(rule).ToString(), slot.Rule.Id.ToString());
        rules.Refresh(made, now);
    }

    /// <summary>Below the price of the unlock (short: above) it is a stop of the leg that stays, else a target.</summary>
    private static LockRule RuleOf(LockTrigger trigger, RuleSlot slot, Price average, DateTimeOffset now)
    {
        var (parent, side) = (slot.Rule, trigger.Direction.Opposite());
        var level = parent.RelockPrice ?? Against(slot, side, average, parent.RelockTicks!.Value);
        var isStop = side == Side.Long ? level <= average : level >= average;
        var share = Share(trigger.FilledVolume, slot.Account.Ledger.Leg(trigger.Symbol, side).Volume);
        return new()
        {
            Id = DerivedId.Of(trigger.Id, Kind),
            ParentId = parent.Id,
            AccountId = parent.AccountId,
            Symbol = parent.Symbol,
            Direction = side,
            TriggerType = TriggerType.Price,
            StopLossPrice = isStop ? level : null,
            StopLockRatio = isStop ? share : Ratio.One,
            TriggerPrice = isStop ? null : level,
            ProfitLockRatio = isStop ? Ratio.One : share,
            AutoExecute = parent.AutoExecute,
            ConfirmTimeout = parent.ConfirmTimeout,
            ConfirmTimeoutAction = parent.ConfirmTimeoutAction,
            ConfirmTicks = parent.ConfirmTicks,
            PriceSource = parent.PriceSource,
            MaxSlippageTicks = parent.MaxSlippageTicks,
            ProtectTicks = parent.ProtectTicks,
            Note = LockWords.RelockNote(trigger),
            CreatedAt = now,
            UpdatedAt = now,
        };
    }

    private static Price Against(RuleSlot slot, Side side, Price average, int ticks)
    {
        var contract = slot.Lane.Contract;
        var at = side == Side.Long ? contract.TicksAtOrBelow(average) - ticks : contract.TicksAtOrAbove(average) + ticks;
        return contract.PriceAt(Math.Max(1, at));
    }

    private static Price LevelOf(LockRule rule) => (rule.StopLossPrice ?? rule.TriggerPrice)!.Value;

    /// <summary>The share of which the leg gives exactly what was unlocked: a quotient that was rounded down would give a lot less.</summary>
    private static Ratio Share(Volume unlocked, Volume leg)
    {
        if (leg <= unlocked) return Ratio.One;
        var share = unlocked.Value / leg.Value;
        return new(share * leg.Value < unlocked.Value ? share + 1e-20m : share);
    }
}

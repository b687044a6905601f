using System.Globalization;
using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Locking;

/// <summary>What is wrong with the terms by which a rule unlocks; and with such terms on a rule that does not.</summary>
internal static class UnlockRuleValidation
{
    public static void Check(LockRule rule, Contract? contract, DateTimeOffset now, List<Problem> problems)
    {
        if (rule.Unlocks) CheckUnlock(rule, contract, problems);
        else CheckOthers(rule, problems);
        CheckLastClose(rule, contract, now, problems);
    }

    /// <summary>Terms of locking mean nothing for it: they are refused, not left aside.</summary>
    private static void CheckUnlock(LockRule rule, Contract? contract, List<Problem> problems)
    {
        if (contract is { Product.HoldsBothSides: false }) problems.Add(new("action", "cannot_hold_both_sides", contract.Symbol.ToString()));
        if (rule.Stages.Count > 0) problems.Add(new("stages", "not_with_unlock"));
        if (rule.Rearm != RearmMode.Once) problems.Add(new("rearm", "not_with_unlock"));
        if (rule.RearmAdds) problems.Add(new("rearm_adds", "not_with_unlock"));
        if (rule.IfLockRefused != IfLockRefused.Alarm) problems.Add(new("if_lock_refused", "not_with_unlock"));
        if (rule.Opposite != OppositeLeg.Covers) problems.Add(new("opposite", "not_with_unlock"));
        LockRuleValidation.CheckPrice("relock_price", rule.RelockPrice, contract, problems);
        LockRuleValidation.CheckRange("relock_ticks", rule.RelockTicks, 1, LockRuleValidation.MostTicksOfRoom, problems);
        if (rule is { RelockPrice: not null, RelockTicks: not null }) problems.Add(new("relock_ticks", "one_of_two", "relock_price", "relock_ticks"));
    }

    private static void CheckOthers(LockRule rule, List<Problem> problems)
    {
        if (rule.LockId is not null) problems.Add(new("lock_id", "only_with_unlock"));
        if (rule.RelockPrice is not null) problems.Add(new("relock_price", "only_with_unlock"));
        if (rule.RelockTicks is not null) problems.Add(new("relock_ticks", "only_with_unlock"));
        if (rule.TriggerTime is { Kind: TriggerTimeKind.CloseTodayRelief }) problems.Add(new("trigger_time", "only_with_unlock"));
    }

    private static void CheckLastClose(LockRule rule, Contract? contract, DateTimeOffset now, List<Problem> problems)
    {
        if (contract is null || rule.TriggerTime is not { Kind: TriggerTimeKind.BeforeLastClose } time) return;
        if (contract.LastTradingDay is not { } last || !TimeCondition.HasClose(contract.Product.Sessions, SessionClose.Day))
            problems.Add(new("trigger_time", "no_last_trading_day", contract.Symbol.ToString(), time.ToString()));
        else if (last < contract.Product.Sessions.DayOf(now))
            problems.Add(new("trigger_time", "last_day_over", contract.Symbol.ToString(), last.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
    }
}

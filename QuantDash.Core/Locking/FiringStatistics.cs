using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Locking;

/// <summary>One firing with what is needed to judge it.</summary>
/// <param name="Execution">Null: nothing was filled.</param>
/// <param name="Contract">Null: not known any more.</param>
/// <param name="Later">The price some time after it was filled; null: no tick of then is stored.</param>
public sealed record JudgedFiring(LockTrigger Trigger, LockExecution? Execution, Contract? Contract, Price? Later);

/// <summary>How the firings of one condition of one rule went. A mean is null where nothing of it is known.</summary>
/// <param name="RuleId">Null: of all rules.</param>
/// <param name="Condition">Null: of all conditions.</param>
/// <param name="Symbol">Null: of several contracts.</param>
/// <param name="Direction">Null: of both legs.</param>
/// <param name="Open">Pending, waiting or executing.</param>
/// <param name="Executed">All of what was asked for was filled.</param>
/// <param name="Partly">Some of it was.</param>
/// <param name="Declined">Cancelled, by hand or because nothing was left to do.</param>
/// <param name="SecondsToFill">From the firing to its end, of those that were filled.</param>
/// <param name="SlippageTicks">From the deciding price to the average fill, against the leg above zero, in ticks.</param>
/// <param name="LockedProfit">Σ, before fees; null where the currencies differ.</param>
/// <param name="Regretted">Those of which the price some time later is known.</param>
/// <param name="Regret">Σ of what the leg would have made until then without the firing: above zero it came too early.</param>
public sealed record FiringStatistics(
    Guid? RuleId, ConditionKind? Condition, Symbol? Symbol, Side? Direction, int Firings, int Open, int Executed, int Partly, int Failed, int Expired, int Declined,
    double? SecondsToFill, double? SlippageTicks, Currency? Currency, decimal? LockedProfit, decimal? Fees, int Regretted, decimal? Regret)
{
    /// <summary>Executed wholly or in part ÷ those that are over; null: none is.</summary>
    public double? ExecutedShare => Firings > Open ? (double)(Executed + Partly) / (Firings - Open) : null;

    /// <summary>One line a rule and condition, those with most firings first.</summary>
    public static IReadOnlyList<FiringStatistics> ByRule(IReadOnlyCollection<JudgedFiring> firings) =>
    [
        .. firings.GroupBy(firing => (firing.Trigger.ConfigId, firing.Trigger.Condition))
            .Select(group => Of([.. group], group.Key.ConfigId, group.Key.Condition))
            .OrderByDescending(line => line.Firings).ThenBy(line => line.Symbol?.ToString(), StringComparer.Ordinal).ThenBy(line => line.Condition).ThenBy(line => line.RuleId),
    ];

    public static FiringStatistics Of(IReadOnlyCollection<JudgedFiring> firings, Guid? rule = null, ConditionKind? condition = null)
    {
        var filled = firings.Where(firing => firing.Execution is not null && firing.Trigger.Status is TriggerStatus.Executed or TriggerStatus.PartiallyExecuted).ToList();
        var known = filled.Where(firing => firing.Contract is not null).ToList();
        var currency = Single(known.Select(firing => firing.Contract!.Currency));
        var regrets = known.Select(Regretting).OfType<decimal>().ToList();
        return new(
            rule, condition, Single(firings.Select(firing => firing.Trigger.Symbol)), Single(firings.Select(firing => firing.Trigger.Direction)),
            firings.Count, firings.Count(firing => firing.Trigger.IsOpen), Count(TriggerStatus.Executed), Count(TriggerStatus.PartiallyExecuted), Count(TriggerStatus.Failed),
            Count(TriggerStatus.Expired), Count(TriggerStatus.Cancelled),
            Mean(filled.Select(firing => (firing.Trigger.ExecutionTime - firing.Trigger.TriggeredAt)?.TotalSeconds).OfType<double>()),
            Mean(known.Select(Slippage)), currency, Sum(filled.Select(firing => firing.Execution!.LockedProfit)), Sum(filled.Select(firing => (decimal?)firing.Execution!.Fee)),
            regrets.Count, currency is null || regrets.Count == 0 ? null : regrets.Sum());

        int Count(TriggerStatus status) => firings.Count(firing => firing.Trigger.Status == status);

        decimal? Sum(IEnumerable<decimal?> values)
        {
            var told = values.OfType<decimal>().ToList();
            return currency is null || told.Count == 0 ? null : told.Sum();
        }
    }

    /// <summary>Unlocking closes a leg of a lock: what it does to the leg that stays is no slippage of the leg it watches, but its own fill is.</summary>
    private static double Slippage(JudgedFiring firing) =>
        (double)((firing.Trigger.TriggerPrice.Value - firing.Execution!.LockPrice.Value) * firing.Trigger.Direction.Sign() / firing.Contract!.PriceTick);

    private static decimal? Regretting(JudgedFiring firing) =>
        firing.Later is { } later
            ? (later.Value - firing.Execution!.LockPrice.Value) * firing.Trigger.Direction.Sign() * firing.Execution.LockVolume.Value * firing.Contract!.Multiplier
            : null;

    private static double? Mean(IEnumerable<double> values)
    {
        var all = values.ToList();
        return all.Count > 0 ? all.Average() : null;
    }

    private static T? Single<T>(IEnumerable<T> values)
        where T : struct
    {
        var all = values.Distinct().Take(2).ToList();
        return all.Count == 1 ? all[0] : null;
    }
}

using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Says of every leg and lot what protects it, where that lives, and whether it could act now.</summary>
public static class ProtectionMap
{
    /// <summary>What is armed but looked at by nobody right now still acts with the next tradable tick.</summary>
    private static readonly HashSet<string> StillArmed = new(StringComparer.Ordinal) { "session_closed", "no_quote" };

    /// <returns>Every leg that holds something, those with unprotected lots first.</returns>
    public static IReadOnlyList<LegProtection> Build(EngineSnapshot snapshot)
    {
        var legs =
            from account in snapshot.Accounts
            from position in account.Positions
            from leg in (LegView[])[position.Long, position.Short]
            where !leg.Volume.IsZero
            select Of(snapshot, account, position, leg);
        return [.. legs.OrderByDescending(leg => !leg.Unprotected.IsZero).ThenBy(leg => leg.CanSend).ThenBy(leg => leg.Symbol).ThenBy(leg => leg.Side)];
    }

    /// <summary>One leg.</summary>
    public static LegProtection Of(EngineSnapshot snapshot, AccountView account, PositionView position, LegView leg)
    {
        var symbol = position.Contract.Symbol;
        var locks = snapshot.Locks.Where(held => held.AccountId == account.Account.Id && held.Symbol == symbol).ToList();
        var uncovered = new Volume(locks.Where(held => held.UncoveredSide == leg.Side).Sum(held => held.UncoveredVolume.Value));
        var free = leg.Volume.Minus(leg.LockedVolume);
        var rules = snapshot.Rules.Where(view => view.Rule.AccountId == account.Account.Id && view.Rule.Symbol == symbol && view.Rule.Direction == leg.Side && view.Rule is { Shadow: false, Unlocks: false }).ToList();
        var guards = rules.SelectMany(view => GuardsOf(view, snapshot, leg, free, position.Contract)).OrderByDescending(guard => guard.IsStop).ThenBy(guard => guard.DistanceTicks ?? long.MaxValue).ToList();
        var guarded = Volume.Min(Covered(rules, guards), free);
        var unprotected = free.Minus(guarded).Minus(position.OfferedPair) + uncovered;
        var quote = snapshot.Quotes.FirstOrDefault(quote => quote.Source == account.Account.Source && quote.Contract.Symbol == symbol);
        return new()
        {
            AccountId = account.Account.Id,
            Symbol = symbol,
            Side = leg.Side,
            Volume = leg.Volume,
            Locked = leg.LockedVolume.Minus(uncovered),
            Paired = Volume.Min(position.OfferedPair, free),
            Guarded = guarded,
            Unprotected = unprotected,
            Guards = guards,
            Lots = Lots(leg, locks, guarded, position.OfferedPair),
            Lives = !unprotected.IsZero ? StopPlace.Nowhere : guarded.IsZero ? StopPlace.Lock : StopPlace.Here,
            EvaluatedAt = rules.Count > 0 ? rules.Max(view => view.LastEvaluatedAt) : null,
            EvaluatedPrice = quote?.Last,
            WhyNotSend = WhyNotSend(account, quote, leg),
            Halted = account.Account.Halt is not null,
        };
    }

    private static IEnumerable<Guard> GuardsOf(RuleView view, EngineSnapshot snapshot, LegView leg, Volume free, Contract contract)
    {
        foreach (var condition in view.Conditions.Where(condition => condition.Live))
        {
            var acting = snapshot.Triggers.FirstOrDefault(trigger => trigger.ConfigId == view.Rule.Id && trigger.Condition == condition.Kind && trigger.IsOpen);
            var isArmed = condition.Why is null || StillArmed.Contains(condition.Why);
            var wanted = LockVolume.Wanted(leg.Volume, RuleConditions.RatioOf(view.Rule, condition.Kind), Volume.Zero, contract.VolumeStep, view.Rule.LocksAtLeastOneLot);
            var covers = acting is not null ? acting.LockVolume.Minus(acting.FilledVolume) : isArmed ? Volume.Min(wanted, free) : Volume.Zero;
            yield return new(
                view.Rule.Id, condition.Kind, condition.Level, condition.DistanceTicks, covers, condition.Kind is ConditionKind.Stop or ConditionKind.Trailing, !view.Rule.AutoExecute, condition.Why);
        }
    }

    /// <summary>Rules of one group share their lots; the others add up.</summary>
    private static Volume Covered(List<RuleView> rules, List<Guard> guards)
    {
        var groups =
            from view in rules
            let most = guards.Where(guard => guard.RuleId == view.Rule.Id && guard.IsStop).Select(guard => guard.Covers.Value).DefaultIfEmpty().Max()
            group most by view.Rule.OcoGroup ?? view.Rule.Id.ToString();
        return new(groups.Sum(group => group.Max()));
    }

    private static LotProtection[] Lots(LegView leg, List<PositionLock> locks, Volume guarded, Volume paired)
    {
        var lots = new LotProtection[leg.Lots.Count];
        for (var i = 0; i < lots.Length; i++)
        {
            var lot = leg.Lots[i];
            var stop = Volume.Min(lot.FreeVolume, guarded);
            var pair = Volume.Min(lot.FreeVolume.Minus(stop), paired);
            (guarded, paired) = (guarded.Minus(stop), paired.Minus(pair));
            var held = locks.Find(held => held.Bindings.Any(binding => binding.LotId == lot.Id));
            lots[i] = new(lot, leg.TodayLots.Contains(lot.Id), held, stop, lot.FreeVolume.Minus(stop).Minus(pair));
        }
        return lots;
    }

    private static string? WhyNotSend(AccountView account, QuoteView? quote, LegView leg)
    {
        if (!account.LinkUp) return "link_down";
        if (account.Bridge is { IsShut: true }) return "not_reconciled";
        if (leg.Unconfirmed) return "unconfirmed";
        return quote switch
        {
            null => "no_quote",
            { Phase: not SessionPhase.Continuous } => "session_closed",
            { Health: QuoteHealth.Stale } => "feed_stale",
            _ => null,
        };
    }
}

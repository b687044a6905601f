using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>What is looked at before a rule fires, so that it need not be found out when it does.</summary>
public enum ReadinessCheck { Session, Feed, Link, Position, Volume, Margin, Together, PriceLimit, Expiry, OrderSize }

/// <summary>What came of it, from good to bad.</summary>
public enum ReadinessState
{
    Ready,

    /// <summary>Nothing is wrong, it is just not the time: a closed session, a leg that is not there yet, a level beyond today's limit.</summary>
    Waits,

    /// <summary>It would act, and not as one would wish: fewer lots, or not together with the others.</summary>
    Doubtful,

    /// <summary>It would not act.</summary>
    Blocked,
}

/// <summary>One look.</summary>
/// <param name="Why">Key of the sentence that says it; null when there is nothing to say.</param>
/// <param name="Values">Numbers of that sentence.</param>
public sealed record ReadinessFinding(ReadinessCheck Check, ReadinessState State, string? Why = null, params IReadOnlyList<decimal> Values);

/// <summary>Could this armed rule act now?</summary>
/// <param name="Wanted">Lots it would lock or close.</param>
/// <param name="MarginNeeded">What a venue would freeze for them before any relief, with the fee; 0 for one that closes, null when not known.</param>
public sealed record RuleReadiness(Guid RuleId, AccountId AccountId, Symbol Symbol, Side Direction, Volume Wanted, decimal? MarginNeeded, IReadOnlyList<ReadinessFinding> Findings)
{
    public ReadinessState Worst => Findings.Max(finding => finding.State);

    public bool Can => Worst != ReadinessState.Blocked;
}

/// <summary>"Can it execute now?" of every armed rule: session, feed, link, lots left after other claims, full-leg margin (a venue freezes it before single-side
/// relief, DOMAIN.md 2.2), all stops of the account together, distance to 涨跌停, last trading day, and in how many orders.</summary>
public static class Readiness
{
    /// <returns>Armed rules that send orders, the worst first.</returns>
    public static IReadOnlyList<RuleReadiness> Build(EngineSnapshot snapshot)
    {
        var positions = snapshot.Accounts.SelectMany(account => account.Positions, (account, position) => (account, position)).ToDictionary(held => (held.account.Account.Id, held.position.Contract.Symbol));
        var quotes = snapshot.Quotes.ToDictionary(quote => (quote.Source, quote.Contract.Symbol));
        var endless = snapshot.Sources.Where(source => source.Source.ExpiryNone).Select(source => source.Source.Name).ToHashSet();
        var looks = new List<ReadinessLook>();
        foreach (var view in snapshot.Rules.Where(view => view.State.State == ArmState.Armed && view.Rule is { IsEnabled: true, Shadow: false }))
        {
            if (!positions.TryGetValue((view.Rule.AccountId, view.Rule.Symbol), out var held)) continue;
            if (view.Rule.Unlocks)
            {
                if (snapshot.Locks.FirstOrDefault(of => of.Id == view.Rule.LockId) is not { } bound) continue;
                looks.Add(ReadinessLook.At(view, held.account, held.position, quotes.GetValueOrDefault((held.account.Account.Source, view.Rule.Symbol)), !endless.Contains(held.account.Account.Source), bound, TakenOf(snapshot, bound)));
            }
            else if (ReadinessLook.At(view, held.account, held.position, quotes.GetValueOrDefault((held.account.Account.Source, view.Rule.Symbol)), !endless.Contains(held.account.Account.Source)) is { } look)
            {
                looks.Add(look);
            }
        }
        var together = looks.GroupBy(look => look.Account.Account.Id).ToDictionary(account => account.Key, NeededTogether);
        return [.. looks.Select(look => look.Take(together[look.Account.Account.Id])).OrderByDescending(rule => rule.Worst).ThenBy(rule => rule.Symbol).ThenBy(rule => rule.RuleId)];
    }

    /// <summary>What firings and people are unlocking of it already.</summary>
    private static Volume TakenOf(EngineSnapshot snapshot, PositionLock held)
    {
        var byRules = snapshot.Triggers.Where(trigger => trigger.LockId == held.Id && trigger is { Shadow: false, Status: TriggerStatus.Executing or TriggerStatus.Pending }).Sum(trigger => (trigger.LockVolume - trigger.FilledVolume).Value);
        var byHand = snapshot.Orders.Where(order => order.OriginId == held.Id && order.TriggerId is null).GroupBy(order => order.LegSide).Select(leg => leg.Sum(order => order.Remaining.Value)).DefaultIfEmpty().Max();
        return new(byRules + byHand);
    }

    /// <summary>Stops come together: of each group of which one fires the dearest counts, the others add up. Null when one of them is not known.</summary>
    private static decimal? NeededTogether(IEnumerable<ReadinessLook> account) => account
        .Where(look => look is { IsStop: true, View.Rule.Unlocks: false })
        .GroupBy(look => look.View.Rule.OcoGroup ?? look.View.Rule.Id.ToString(), StringComparer.Ordinal)
        .Aggregate((decimal?)0m, (sum, group) => sum + (group.Any(look => look.MarginNeeded is null) ? null : group.Max(look => look.MarginNeeded)));
}

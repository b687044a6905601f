using System.Globalization;
using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Web.Ui;

namespace QuantDash.Web.Features.Diagnosis;

/// <summary>The troubleshooting guide as checks that run themselves, in the guide's order: service, triggers, rules, positions, feed, ability to execute, notifications.</summary>
public static class Diagnosis
{
    private static readonly TimeSpan Recently = TimeSpan.FromHours(12);

    /// <summary>So many of a kind are named; the rest is on its page.</summary>
    private const int Most = 8;

    /// <summary>Time enough to fetch the next calendar.</summary>
    private const int CalendarWarnDays = 30;

    public static IReadOnlyList<DiagnosisStep> Of(DiagnosisFacts facts) =>
    [
        Step("Service", Service(facts)), Step("Triggers", Triggers(facts)), Step("Rules", Rules(facts)), Step("Positions", Positions(facts)), Step("Feed", Feed(facts)),
        Step("Execution", Execution(facts)), Step("Notifications", Notifications(facts)),
    ];

    private static DiagnosisStep Step(string name, IEnumerable<DiagnosisFinding> findings) => new(name, new(findings.Distinct().Take(Most)));

    private static IEnumerable<DiagnosisFinding> Service(DiagnosisFacts facts)
    {
        if (!facts.Snapshot.Recovered) yield return Found(Tone.Danger, "Recovering", "/system");
        if (facts.Journal.State is JournalState.Retrying or JournalState.Fenced) yield return Found(Tone.Danger, "Journal", "/system", facts.Journal.LastError ?? "");
        foreach (var loop in facts.Loops.Where(loop => loop.State is "failed" or ServiceStatus.Stalled)) yield return Found(Tone.Danger, "Loop", "/system", loop.ServiceName, loop.LastError ?? "");
        foreach (var account in facts.Snapshot.OpenAccounts.Where(account => account.Account.Halt is not null)) yield return Found(Tone.Warn, "Halted", "/positions", account.Account.Name);
        var today = DateOnly.FromDateTime(facts.Snapshot.At.ToOffset(ScreenTime.ExchangeOffset).DateTime);
        foreach (var (market, end) in facts.CalendarEnds.Where(calendar => calendar.Value.DayNumber - today.DayNumber < CalendarWarnDays).OrderBy(calendar => calendar.Key))
            yield return Found(end < today ? Tone.Danger : Tone.Warn, end < today ? "CalendarEnded" : "CalendarEnds", "/system/data#calendars", market.Code(), end.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    private static IEnumerable<DiagnosisFinding> Triggers(DiagnosisFacts facts)
    {
        var own = Own(facts, facts.Snapshot.Triggers, trigger => trigger.AccountId).ToList();
        foreach (var failed in own.Where(t => t.Status == TriggerStatus.Failed && t.UpdatedAt > facts.Snapshot.At - Recently))
            yield return Found(Tone.Danger, "TriggerFailed", "/lock#triggers", failed.Symbol.ToString(), failed.ErrorMessage ?? "");
        foreach (var waiting in own.Where(t => t.Status == TriggerStatus.WaitingConfirm)) yield return Found(Tone.Warn, "TriggerWaits", "/lock", waiting.Symbol.ToString());
        foreach (var pending in own.Where(t => t.Status == TriggerStatus.Pending)) yield return Found(Tone.Warn, "TriggerPending", "/lock#triggers", pending.Symbol.ToString());
        if (own.Count > 0) yield return Found(Tone.Info, "LastTrigger", "/lock/history", own.Max(t => t.TriggeredAt).ToOffset(ScreenTime.ExchangeOffset).ToString("MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
    }

    private static IEnumerable<DiagnosisFinding> Rules(DiagnosisFacts facts)
    {
        var own = Own(facts, facts.Snapshot.Rules, view => view.Rule.AccountId).ToList();
        if (own.Count == 0) yield return Found(Tone.Warn, "NoRules", "/lock?new=1");
        foreach (var off in own.Where(view => !view.Rule.IsEnabled))
            yield return off.Rule.DisabledReason is { } reason ? Found(Tone.Danger, "RuleRefused", Address(off), off.Rule.Symbol.ToString(), reason) : Found(Tone.Warn, "RuleOff", Address(off), off.Rule.Symbol.ToString());
        foreach (var view in own.Where(view => view.Rule.IsEnabled))
        {
            if (view.Rule.Shadow) yield return Found(Tone.Info, "RuleShadow", Address(view), view.Rule.Symbol.ToString());
            if (!view.Conditions.Any(condition => condition.Live)) yield return Found(Tone.Danger, "RuleWithoutCondition", Address(view), view.Rule.Symbol.ToString());
            else if (LegOf(facts, view) is { Volume.IsZero: true } && OtherLegOf(facts, view) is { Volume.IsZero: false }) yield return Found(Tone.Danger, "RuleOtherDirection", Address(view), view.Rule.Symbol.ToString(), SideKey(view.Rule.Direction));
            else if (Nearest(view) is { } nearest) yield return Found(Tone.Info, "RuleDistance", Address(view), view.Rule.Symbol.ToString(), Number(nearest.Now), Number(nearest.Kind == ConditionKind.Profit ? nearest.Target : nearest.Level?.Value), Number(nearest.DistanceTicks));
        }
    }

    private static IEnumerable<DiagnosisFinding> Positions(DiagnosisFacts facts)
    {
        if (facts.Account is not { } account)
        {
            yield return Found(Tone.Warn, "NoAccount", "/bridge");
            yield break;
        }

        if (account.Positions.Count == 0) yield return Found(Tone.Warn, "NoPositions", "/positions");
        foreach (var position in account.Positions)
        {
            foreach (var leg in new[] { position.Long, position.Short }.Where(leg => !leg.Volume.IsZero))
            {
                if (leg.Unconfirmed) yield return Found(Tone.Danger, "LegUnconfirmed", "/reconciliation", position.Contract.Symbol.ToString());
                if (leg.AverageOpenPrice is null) yield return Found(Tone.Warn, "LegWithoutPrice", "/positions", position.Contract.Symbol.ToString());
            }
        }

        foreach (var view in Own(facts, facts.Snapshot.Rules, view => view.Rule.AccountId).Where(view => view.Rule.IsEnabled && (LegOf(facts, view)?.Volume.IsZero ?? true)))
            yield return Found(Tone.Warn, "RuleWithoutLeg", "/positions", view.Rule.Symbol.ToString(), SideKey(view.Rule.Direction));
    }

    private static IEnumerable<DiagnosisFinding> Feed(DiagnosisFacts facts)
    {
        foreach (var source in facts.Snapshot.Sources.Where(source => facts.Snapshot.OpenAccounts.Any(account => account.Account.Source == source.Source.Name)))
        {
            if (source.LastTickAt is null) yield return Found(Tone.Danger, "SourceSilent", "/bridge", source.Source.Name.Value);
            if (source.Rejected.Values.Sum() is var rejected and > 0 && rejected > source.Accepted / 100) yield return Found(Tone.Warn, "TicksRejected", "/system", source.Source.Name.Value, Number(rejected), Number(source.Accepted));
        }

        foreach (var quote in facts.Snapshot.Quotes.Where(quote => quote.Health == QuoteHealth.Stale && facts.Snapshot.OpenAccounts.Any(account => account.Account.Source == quote.Source))) yield return Found(Tone.Danger, "QuoteStale", "/market", quote.Contract.Symbol.ToString());
        foreach (var account in facts.Snapshot.OpenAccounts.Where(account => !account.LinkUp && !account.Replay)) yield return Found(Tone.Danger, "LinkDown", "/bridge", account.Account.Name);
    }

    private static IEnumerable<DiagnosisFinding> Execution(DiagnosisFacts facts) =>
        from rule in facts.Readiness.Values
        where rule.AccountId == facts.Account?.Account.Id
        from finding in rule.Findings
        where finding.State >= ReadinessState.Doubtful
        orderby finding.State descending
        select Found(finding.State == ReadinessState.Blocked ? Tone.Danger : Tone.Warn, "Ready." + finding.Why, $"/lock?rule={rule.RuleId}", [rule.Symbol.ToString(), .. finding.Values.Select(value => Number(value))]);

    private static IEnumerable<DiagnosisFinding> Notifications(DiagnosisFacts facts)
    {
        if (!facts.Notifications.Configured)
        {
            yield return Found(Tone.Warn, "NotificationsOff", "/settings/notifications");
            yield break;
        }

        if (facts.Notifications.LastError is { } error) yield return Found(Tone.Danger, "NotificationsFail", "/settings/notifications", error);
        if (facts.Notifications.Waiting > 0) yield return Found(Tone.Warn, "NotificationsWait", "/settings/notifications", Number(facts.Notifications.Waiting));
    }

    private static IEnumerable<T> Own<T>(DiagnosisFacts facts, IEnumerable<T> items, Func<T, AccountId> accountOf) => items.Where(item => accountOf(item) == facts.Account?.Account.Id);

    private static LegView? LegOf(DiagnosisFacts facts, RuleView view) => Find(facts, view) is not { } position ? null : view.Rule.Direction == Side.Long ? position.Long : position.Short;

    private static LegView? OtherLegOf(DiagnosisFacts facts, RuleView view) => Find(facts, view) is not { } position ? null : view.Rule.Direction == Side.Long ? position.Short : position.Long;

    private static PositionView? Find(DiagnosisFacts facts, RuleView view) => facts.Account?.Positions.FirstOrDefault(position => position.Contract.Symbol == view.Rule.Symbol);

    private static ConditionView? Nearest(RuleView view) =>
        view.Conditions.Where(condition => condition is { Live: true, Why: null, DistanceTicks: not null }).MinBy(condition => condition.DistanceTicks);

    private static string Address(RuleView view) => $"/lock?rule={view.Rule.Id}";

    private static string SideKey(Side side) => side == Side.Long ? "Long" : "Short";

    private static string Number(decimal? value) => value is { } number ? Figures.Volume(decimal.Round(number, 4)) : Figures.Unknown;

    private static DiagnosisFinding Found(Tone tone, string key, string? address, params IReadOnlyList<string> values) => new(tone, key, new(values), address);
}

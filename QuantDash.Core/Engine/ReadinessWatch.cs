using System.Collections.Immutable;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>The trader is told that a rule could not execute, or could again. Values: the leg, the sentence, why.</summary>
public sealed record RuleAlert(AccountId AccountId, Symbol Symbol, Guid RuleId, TapeSeverity Severity, string Key, IReadOnlyList<string> Values);

/// <summary>Decides when the trader is told that an armed rule could not execute, before it has to: once it has been so for a while, once for each reason, and again
/// when it could. What has messages of its own (a silent feed, a link that is down, a leg left out) is left to those.</summary>
public sealed class ReadinessWatch
{
    public const string KeyPrefix = "readiness.";
    public const string Blocked = "readiness.blocked";
    public const string Eased = "readiness.eased";

    /// <summary>What passes within this is no message: an order that is just working, a price that is just missing.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly ImmutableHashSet<ReadinessCheck> Told = [ReadinessCheck.Volume, ReadinessCheck.Margin, ReadinessCheck.Together, ReadinessCheck.Expiry, ReadinessCheck.OrderSize];
    private readonly Dictionary<Guid, string> _told = [];
    private readonly Dictionary<Guid, (string? Why, DateTimeOffset Since)> _seen = [];

    /// <summary>Learns from the tape what was told, in the tape's order.</summary>
    public void After(TapeEvent entry)
    {
        if (entry.SubjectId is not { } rule) return;
        if (entry.Key == Blocked && entry.Values.Count > 2) _told[rule] = entry.Values[2];
        else if (entry.Key == Eased) _told.Remove(rule);
    }

    /// <summary>What is to be told now; it counts as told once <see cref="After(RuleAlert)"/> was called.</summary>
    public IReadOnlyList<RuleAlert> Look(IReadOnlyList<RuleReadiness> rules, DateTimeOffset now)
    {
        var alerts = new List<RuleAlert>();
        foreach (var rule in rules)
        {
            var finding = rule.Findings.Where(IsTold).MaxBy(f => f.State);
            if (!_seen.TryGetValue(rule.RuleId, out var seen) || seen.Why != finding?.Why) _seen[rule.RuleId] = seen = (finding?.Why, now);
            if (now - seen.Since < Patience || _told.GetValueOrDefault(rule.RuleId) == finding?.Why) continue;
            var leg = rule.Direction == Side.Long ? "long" : "short";
            alerts.Add(finding is { Why: { } why }
                ? new(rule.AccountId, rule.Symbol, rule.RuleId, TapeSeverity.Warning, Blocked, [leg, ReadinessWords.Of(finding), why])
                : new(rule.AccountId, rule.Symbol, rule.RuleId, TapeSeverity.Success, Eased, [leg]));
        }

        Forget(rules);
        return alerts;
    }

    public void After(RuleAlert alert)
    {
        if (alert.Key == Blocked) _told[alert.RuleId] = alert.Values[2];
        else _told.Remove(alert.RuleId);
    }

    private static bool IsTold(ReadinessFinding finding) => Told.Contains(finding.Check)
        && (finding.State == ReadinessState.Blocked || finding is { Check: ReadinessCheck.Together, State: ReadinessState.Doubtful });

    /// <summary>A rule that is not armed any more, or whose leg is gone, is looked at afresh when it comes back.</summary>
    private void Forget(IReadOnlyList<RuleReadiness> rules)
    {
        var here = rules.Select(rule => rule.RuleId).ToHashSet();
        foreach (var gone in _seen.Keys.Where(id => !here.Contains(id)).ToList())
        {
            _seen.Remove(gone);
            _told.Remove(gone);
        }
    }
}

using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Web.Live;
using QuantDash.Web.Ui;

namespace QuantDash.Web.Shell;

/// <summary>What needs the trader now, over all accounts: the same strip on every page, and no strip when there is nothing.</summary>
public static class AttentionView
{
    /// <summary>How long a failure stays in the strip when nobody deals with it.</summary>
    private static readonly TimeSpan FailuresStay = TimeSpan.FromHours(12);

    public static IReadOnlyList<AttentionItem> From(EngineSnapshot snapshot, JournalHealth journal, IReadOnlyDictionary<Guid, RuleReadiness>? readiness = null)
    {
        var items = new List<AttentionItem>();
        if (journal.State is JournalState.Retrying or JournalState.Fenced) items.Add(new("Journal", Tone.Danger, "/system", journal.Depth, null));
        AddWaiting(items, snapshot);
        Add(items, "Failed", Tone.Danger, "/lock#triggers", snapshot.Triggers.Count(t => t.Status == TriggerStatus.Failed && t.UpdatedAt > snapshot.At - FailuresStay));
        Add(items, "Broken", Tone.Danger, "/lock#locks", snapshot.Locks.Count(l => l.Status == LockStatus.Broken));
        Add(items, "Blocked", Tone.Danger, "/lock", readiness?.Values.Count(IsBlocked) ?? 0);
        Add(items, "Unknown", Tone.Danger, "/orders", snapshot.Orders.Count(o => o.State == OrderState.Unknown));
        Add(items, "LinkDown", Tone.Danger, "/bridge", snapshot.OpenAccounts.Count(a => !a.LinkUp && IsAtStake(snapshot, a)));
        Add(items, "Stale", Tone.Warn, "/system", snapshot.Quotes.Count(q => q.Health == QuoteHealth.Stale && IsWatched(snapshot, q)));
        return items;
    }

    private static void AddWaiting(List<AttentionItem> items, EngineSnapshot snapshot)
    {
        var waiting = snapshot.Triggers.Where(t => t.Status == TriggerStatus.WaitingConfirm).ToList();
        if (waiting.Count > 0) items.Add(new("Waiting", Tone.Waiting, "/lock", waiting.Count, waiting.Min(t => snapshot.OnWallClock(t.AccountId, t.ConfirmBy))));
    }

    private static void Add(List<AttentionItem> items, string key, Tone tone, string address, int count)
    {
        if (count > 0) items.Add(new(key, tone, address, count, null));
    }

    /// <summary>A feed that is silent, or has not begun, has an item of its own.</summary>
    private static bool IsBlocked(RuleReadiness rule) => rule.Findings.Any(finding => finding.State == ReadinessState.Blocked && finding.Check != ReadinessCheck.Feed);

    /// <summary>A link that carries nothing may be down.</summary>
    private static bool IsAtStake(EngineSnapshot snapshot, AccountView account) =>
        account.Positions.Any(p => !p.IsFlat)
        || snapshot.Orders.Any(o => o.AccountId == account.Account.Id)
        || snapshot.Rules.Any(r => r.Rule.AccountId == account.Account.Id && r.State.State == ArmState.Armed);

    private static bool IsWatched(EngineSnapshot snapshot, QuoteView quote) =>
        snapshot.OpenAccounts.Any(a => a.Account.Source == quote.Source
            && snapshot.Rules.Any(r => r.Rule.AccountId == a.Account.Id && r.Rule.Symbol == quote.Contract.Symbol && r.State.State == ArmState.Armed));
}

/// <param name="Key">Text key; the count is its value.</param>
/// <param name="Until">The earliest deadline, on the wall clock.</param>
public sealed record AttentionItem(string Key, Tone Tone, string Address, int Count, DateTimeOffset? Until);

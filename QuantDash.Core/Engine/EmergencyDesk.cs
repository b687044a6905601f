using System.Globalization;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>紧急停止: new exposure is blocked until somebody resumes, opening orders are cancelled, and what is held is locked or closed when that was confirmed.
/// Lock rules stay armed.</summary>
internal sealed class EmergencyDesk(ChangeLog changes, AccountDesk accounts, OrderDesk orders, HeldDesk held, EmergencyPlanner planner, EmergencyWork work, StrategyDesk strategies)
{
    public Outcome<EmergencyPlan> Preview(AccountId? account, EmergencyThen then)
    {
        return WhyNone(account) is { } refused ? Outcome<EmergencyPlan>.Failure([refused]) : Outcome<EmergencyPlan>.Success(PlanOf(Chosen(account), then));
    }

    public Outcome<EmergencyPlan> Stop(EmergencyRequest request, DateTimeOffset now)
    {
        var preview = Preview(request.AccountId, request.Then);
        if (!preview.Succeeded) return preview;
        if (request is { Then: not EmergencyThen.None, Force: false } && request.Shown != preview.Value.Fingerprint)
            return request.Shown is null ? Outcome<EmergencyPlan>.Failure("shown", "required") : Outcome<EmergencyPlan>.Failure("shown", "plan_changed");
        foreach (var plan in preview.Value.Accounts) Stop(accounts.Find(plan.Account.Id)!, plan, request, now);
        return Outcome<EmergencyPlan>.Success(preview.Value with { Accounts = [.. preview.Value.Accounts.Select(plan => plan with { Account = accounts.Find(plan.Account.Id)!.Account })] });
    }

    /// <summary>New exposure is allowed again; what is still to be locked or closed is dropped.</summary>
    public Outcome<IReadOnlyList<Account>> Resume(AccountId? account, string reason, DateTimeOffset now)
    {
        if (WhyNone(account) is { } refused) return Outcome<IReadOnlyList<Account>>.Failure([refused]);
        var halted = Chosen(account).Where(book => book.Account.Halt is not null).ToList();
        if (halted.Count == 0) return Outcome<IReadOnlyList<Account>>.Failure("account_id", "not_halted");
        foreach (var book in halted)
        {
            work.Drop(book.Id);
            accounts.Halt(book, null, book.Source.Now(now));
            changes.Tell(book.Source.Now(now), TapeSeverity.Warning, "emergency.resumed", new(book.Id, null, book.Id.Value), ReasonOf(reason));
        }

        return Outcome<IReadOnlyList<Account>>.Success([.. halted.Select(book => book.Account)]);
    }

    private void Stop(AccountBook account, EmergencyAccountPlan plan, EmergencyRequest request, DateTimeOffset now)
    {
        var clock = account.Source.Now(now);
        var reason = ReasonOf(request.Reason);
        // The first stop is the one that counts: a second one may lock or close what it left.
        if (account.Account.Halt is null) accounts.Halt(account, new(now, reason), clock);
        changes.Tell(clock, TapeSeverity.Danger, "emergency.stopped", new(account.Id, null, account.Id.Value), EmergencyWords.Then(request.Then), plan.Cancels.Count.ToString(CultureInfo.InvariantCulture), reason);
        strategies.StopAll(account, StrategyWords.ByEmergencyStop);
        foreach (var order in plan.Cancels)
            if (orders.Find(order.Id) is { } working) orders.Cancel(working, clock);
        foreach (var waiting in plan.Withdraws) held.Withdraw(waiting.Id, clock);
        work.Begin(account, plan.Steps, now);
    }

    private EmergencyPlan PlanOf(IReadOnlyList<AccountBook> chosen, EmergencyThen then) => new(then, [.. chosen.Select(account => planner.Of(account, then))]);

    private IReadOnlyList<AccountBook> Chosen(AccountId? account) => account is { } id ? (accounts.Find(id) is { } one ? [one] : []) : [.. accounts.All.Where(book => !book.Account.IsClosed)];

    private Problem? WhyNone(AccountId? account) => account is not { } id ? null : accounts.Find(id) is { } one ? one.WhyClosed : new("account_id", "unknown_account", id);

    private static string ReasonOf(string told) => string.IsNullOrWhiteSpace(told) ? EmergencyWords.NoReason : told.Trim();
}

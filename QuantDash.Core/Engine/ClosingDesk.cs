using System.Globalization;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Closes accounts in which nothing is left, and opens them again. A closed one hears nothing and takes nothing; its records stay. The demo may be closed as it stands: there is
/// no money in it.</summary>
internal sealed class ClosingDesk(
    ChangeLog changes, AccountDesk accounts, RuleBook rules, RuleDesk ruleDesk, TriggerBook triggers, LockBook locks, OrderDesk orders, HeldDesk held, EmergencyWork emergency, StrategyDesk strategies, Func<SymbolLane, DateTimeOffset> clock)
{
    /// <summary>Refused with all that is left in it.</summary>
    public Outcome<Account> Close(AccountId id, DateTimeOffset now)
    {
        var found = FindOpen(id);
        if (!found.Succeeded) return Outcome<Account>.Failure(found.Problems);
        List<Problem> left = [.. LeftIn(found.Value)];
        return left.Count > 0 ? Outcome<Account>.Failure(left) : Shut(found.Value, now);
    }

    /// <summary>It hears and takes again. Its rules stay off: whoever wants one switches it on.</summary>
    public Outcome<Account> Reopen(AccountId id, DateTimeOffset now)
    {
        var found = FindClosed(id);
        if (!found.Succeeded) return Outcome<Account>.Failure(found.Problems);
        Open(found.Value, now);
        return Outcome<Account>.Success(found.Value.Account);
    }

    /// <summary>What works or waits in the demo is taken back; what it holds stays as it is, to go on with. While a firing is being executed it is refused.</summary>
    public Outcome<Account> SwitchOffDemo(AccountId id, DateTimeOffset now)
    {
        var found = FindOpen(id);
        if (!found.Succeeded) return Outcome<Account>.Failure(found.Problems);
        var account = found.Value;
        if (!account.Account.IsDemo) return Outcome<Account>.Failure("account_id", "not_the_demo", account.Account.Name);
        if (triggers.Open.Any(trigger => trigger.AccountId == id && trigger.Status == TriggerStatus.Executing)) return Outcome<Account>.Failure("account_id", "demo_executing");
        emergency.Drop(id);
        strategies.StopAll(account, StrategyWords.ByClosedAccount);
        foreach (var waiting in held.WaitingOf(id).ToList()) held.Cancel(waiting.Id, now);
        foreach (var order in account.Working.Values.ToList()) orders.Cancel(order, account.Source.Now(now));
        orders.Drain(clock);
        return Shut(account, now);
    }

    /// <summary>It goes on where it was, with the rules that switching it off had switched off.</summary>
    public Outcome<Account> SwitchOnDemo(AccountId id, DateTimeOffset now)
    {
        var found = FindClosed(id);
        if (!found.Succeeded) return Outcome<Account>.Failure(found.Problems);
        if (!found.Value.Account.IsDemo) return Outcome<Account>.Failure("account_id", "not_the_demo", found.Value.Account.Name);
        Open(found.Value, now);
        foreach (var slot in RulesOf(found.Value)) ruleDesk.GoOn(slot, found.Value.Source.Now(now));
        return Outcome<Account>.Success(found.Value.Account);
    }

    private Outcome<Account> Shut(AccountBook account, DateTimeOffset now)
    {
        var at = account.Source.Now(now);
        var off = RulesOf(account).Count(slot => slot.Rule.IsEnabled);
        foreach (var slot in RulesOf(account)) ruleDesk.CloseWith(slot, at);
        strategies.StopAll(account, StrategyWords.ByClosedAccount);
        accounts.Close(account, now, at);
        changes.Tell(at, TapeSeverity.Warning, "account.closed", new(account.Id), account.Account.Name, off.ToString(CultureInfo.InvariantCulture));
        return Outcome<Account>.Success(account.Account);
    }

    private void Open(AccountBook account, DateTimeOffset now)
    {
        var at = account.Source.Now(now);
        accounts.Close(account, null, at);
        var watched = RulesOf(account).Select(slot => slot.Rule.Symbol);
        foreach (var symbol in account.Ledger.Symbols.Concat(watched).Distinct().ToList()) accounts.Hold(account, symbol, now);
        changes.Tell(at, TapeSeverity.Warning, "account.reopened", new(account.Id), account.Account.Name);
    }

    private IEnumerable<Problem> LeftIn(AccountBook account)
    {
        var id = account.Id;
        var legs = account.Ledger.Symbols.Sum(symbol => Enum.GetValues<Side>().Count(side => !account.Ledger.Leg(symbol, side).Volume.IsZero));
        if (legs > 0) yield return Left("account_has_positions", legs);
        if (account.Working.Count > 0) yield return Left("account_has_orders", account.Working.Count);
        if (held.WaitingOf(id).Count() is > 0 and var waiting) yield return Left("account_has_held_orders", waiting);
        if (locks.Held.Count(one => one.AccountId == id) is > 0 and var locked) yield return Left("account_has_locks", locked);
        if (triggers.Open.Count(one => one.AccountId == id) is > 0 and var fired) yield return Left("account_has_triggers", fired);
        if (account.Venue is IBridgeLink { Open.Count: > 0 and var commands }) yield return Left("account_has_commands", commands);
    }

    private static Problem Left(string code, int count) => new("account_id", code, count);

    private List<RuleSlot> RulesOf(AccountBook account) => [.. rules.All.Where(slot => slot.Account == account)];

    private Outcome<AccountBook> FindOpen(AccountId id)
    {
        if (accounts.Find(id) is not { } account) return Outcome<AccountBook>.Failure("account_id", "unknown_account", id);
        return account.WhyClosed is { } closed ? Outcome<AccountBook>.Failure([closed]) : Outcome<AccountBook>.Success(account);
    }

    private Outcome<AccountBook> FindClosed(AccountId id)
    {
        if (accounts.Find(id) is not { } account) return Outcome<AccountBook>.Failure("account_id", "unknown_account", id);
        return account.Account.IsClosed ? Outcome<AccountBook>.Success(account) : Outcome<AccountBook>.Failure("account_id", "account_open", account.Account.Name);
    }
}

using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>What a venue, or a program beside it, tells of an account: checked, applied, followed by everything that depends on it, and compared.</summary>
internal sealed class VenueTruth(
    ChangeLog changes, AccountDesk accounts, BridgeDesk bridge, TradeIntake trades, SnapshotReconciler reconciler, ReconciliationDesk reconciliation, LegFit legFit, CloseFit closeFit)
{
    /// <summary>Of contracts, or mistakes, that an event names.</summary>
    private const int MostNamed = 10;

    public Outcome<SnapshotResult> Snapshot(PositionSnapshot snapshot, DateTimeOffset now)
    {
        if (accounts.Find(snapshot.AccountId) is not { } account) return Outcome<SnapshotResult>.Failure("account_id", "unknown_account", snapshot.AccountId);
        if (account.WhyClosed is { } closed) return Outcome<SnapshotResult>.Failure([closed]);
        if (account.Venue is IBridgeLink) snapshot = WithoutForeign(account, snapshot, now);
        var problems = snapshot.Positions.SelectMany((position, i) => ProblemsOf(account, position.Symbol, $"positions[{i}].symbol", now)).ToList();
        if (bridge.WhyRefused(account, snapshot) is { } refused) problems.Add(refused);
        if (problems.Count > 0) return Outcome<SnapshotResult>.Failure(problems);
        account.SnapshotRefused = null;
        Name(account, snapshot.Ignored, now);
        var orders = account.Working.Count;
        var result = reconciler.Apply(account, snapshot, symbol => accounts.Hold(account, symbol, now)!, account.Source.Now(now));
        var asked = bridge.Reconcile(account, snapshot, now);
        if (!asked) bridge.AskAbout(account, result);
        reconciliation.OnSnapshot(account, result, asked, orders, now);
        Follow(account, now);
        return Outcome<SnapshotResult>.Success(result);
    }

    /// <summary>A snapshot that could not be read: its program is told, and so is the trader, once until the mistakes are others. The gate may be shut, and stays so.</summary>
    public Outcome<bool> Refuse(AccountId id, IReadOnlyList<Problem> problems, DateTimeOffset now)
    {
        if (accounts.Find(id) is not { Venue: IBridgeLink } account) return Outcome<bool>.Failure("account_id", "not_a_bridge_account", id);
        if (account.WhyClosed is { } closed) return Outcome<bool>.Failure([closed]);
        var why = Listed([.. problems.Select(problem => $"{problem.Field} {problem.Code}")]);
        var isNew = account.SnapshotRefused != why;
        account.SnapshotRefused = why;
        if (isNew) changes.Tell(account.Source.Now(now), TapeSeverity.Danger, "snapshot.refused", new(id), account.Account.Name, why);
        return Outcome<bool>.Success(isNew);
    }

    public Outcome<TradesTaken> Trades(AccountId id, IReadOnlyList<ToldTrade> told, Func<SymbolLane, DateTimeOffset> clock, DateTimeOffset now)
    {
        if (accounts.Find(id) is not { Venue: IBridgeLink } account) return Outcome<TradesTaken>.Failure("account_id", "not_a_bridge_account", id);
        if (account.WhyClosed is { } closed) return Outcome<TradesTaken>.Failure([closed]);
        var problems = told.SelectMany((trade, i) => ProblemsOf(account, trade.Symbol, $"trades[{i}].symbol", now)).ToList();
        if (problems.Count > 0) return Outcome<TradesTaken>.Failure(problems);
        var taken = trades.Take(account, told, symbol => accounts.Hold(account, symbol, now)!, clock, now);
        reconciliation.OnTrades(account, taken.Elsewhere, told.Count);
        Follow(account, now);
        return Outcome<TradesTaken>.Success(taken);
    }

    public Outcome<FundsTold> Funds(AccountId id, decimal balance, DateTimeOffset takenAt, DateTimeOffset now)
    {
        if (accounts.Find(id) is not { Venue: IBridgeLink } account) return Outcome<FundsTold>.Failure("account_id", "not_a_bridge_account", id);
        if (account.WhyClosed is { } closed) return Outcome<FundsTold>.Failure([closed]);
        var told = accounts.TakeBalance(account, balance, takenAt, account.Source.Now(now));
        reconciliation.OnFunds(account, told, now);
        return Outcome<FundsTold>.Success(told);
    }

    public Outcome<BridgeReportsTaken> Reports(AccountId id, IReadOnlyList<BridgeReport> reports, Func<SymbolLane, DateTimeOffset> clock, DateTimeOffset now)
    {
        var taken = bridge.Report(id, reports, clock, now);
        if (taken.Succeeded) reconciliation.OnStrangers(accounts.Find(id)!, taken.Value.UnknownIds, now);
        return taken;
    }

    /// <summary>One difference is made ours.</summary>
    public Outcome<ReconciliationView> Adopt(AccountId id, string key, decimal? shown, DateTimeOffset now)
    {
        var adopted = reconciliation.Adopt(id, key, shown, now);
        if (adopted.Succeeded) Follow(accounts.Find(id)!, now);
        return adopted;
    }

    /// <summary>Orders that asked for more than is left are taken back.</summary>
    private void Follow(AccountBook account, DateTimeOffset now)
    {
        legFit.Fit(account.Id, account.Source.Now(now));
        closeFit.Fit(account, account.Source.Now(now));
    }

    /// <summary>A terminal lists all that its account holds. What we have no contract for, or none in the account's currency, is not ours, and must not keep from us what is.</summary>
    private PositionSnapshot WithoutForeign(AccountBook account, PositionSnapshot snapshot, DateTimeOffset now)
    {
        var foreign = snapshot.Positions.Where(position => ProblemsOf(account, position.Symbol, "symbol", now).Any()).ToList();
        if (foreign.Count == 0) return snapshot;
        return snapshot with
        {
            Positions = [.. snapshot.Positions.Where(position => !foreign.Contains(position))],
            Ignored = [.. snapshot.Ignored, .. foreign.Where(position => !position.IsFlat).Select(position => position.Symbol.ToString())],
        };
    }

    private void Name(AccountBook account, IReadOnlyList<string> ignored, DateTimeOffset now)
    {
        var unnamed = ignored.Where(account.NamedContracts.Add).ToList();
        if (unnamed.Count > 0) changes.Tell(account.Source.Now(now), TapeSeverity.Danger, "snapshot.unknown_contract", new(account.Id), account.Account.Name, Listed(unnamed));
    }

    private static string Listed(List<string> all) => string.Join(", ", all.Take(MostNamed)) + (all.Count > MostNamed ? $", … ({all.Count})" : "");

    private IEnumerable<Problem> ProblemsOf(AccountBook account, Symbol symbol, string field, DateTimeOffset now)
    {
        if (accounts.Hold(account, symbol, now) is not { } lane) yield return new(field, "unknown_symbol", symbol);
        else if (lane.Contract.Currency != account.Account.Currency) yield return new(field, "currency_differs", lane.Contract.Currency, account.Account.Currency);
    }
}

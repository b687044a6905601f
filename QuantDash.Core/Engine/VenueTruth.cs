using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>What a venue, or a program beside it, tells of an account: checked, applied, followed by everything that depends on it, and compared.</summary>
internal sealed class VenueTruth(
    AccountDesk accounts, BridgeDesk bridge, TradeIntake trades, SnapshotReconciler reconciler, ReconciliationDesk reconciliation, LegFit legFit, CloseFit closeFit)
{
    public Outcome<SnapshotResult> Snapshot(PositionSnapshot snapshot, DateTimeOffset now)
    {
        if (accounts.Find(snapshot.AccountId) is not { } account) return Outcome<SnapshotResult>.Failure("account_id", "unknown_account", snapshot.AccountId);
        var problems = snapshot.Positions.SelectMany((position, i) => ProblemsOf(account, position.Symbol, $"positions[{i}].symbol", now)).ToList();
        if (bridge.WhyRefused(account, snapshot) is { } refused) problems.Add(refused);
        if (problems.Count > 0) return Outcome<SnapshotResult>.Failure(problems);
        var orders = account.Working.Count;
        var result = reconciler.Apply(account, snapshot, symbol => accounts.Hold(account, symbol, now)!, account.Source.Now(now));
        var asked = bridge.Reconcile(account, snapshot, now);
        if (!asked) bridge.AskAbout(account, result);
        reconciliation.OnSnapshot(account, result, asked, orders, now);
        Follow(account, now);
        return Outcome<SnapshotResult>.Success(result);
    }

    public Outcome<TradesTaken> Trades(AccountId id, IReadOnlyList<ToldTrade> told, Func<SymbolLane, DateTimeOffset> clock, DateTimeOffset now)
    {
        if (accounts.Find(id) is not { Venue: IBridgeLink } account) return Outcome<TradesTaken>.Failure("account_id", "not_a_bridge_account", id);
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

    private IEnumerable<Problem> ProblemsOf(AccountBook account, Symbol symbol, string field, DateTimeOffset now)
    {
        if (accounts.Hold(account, symbol, now) is not { } lane) yield return new(field, "unknown_symbol", symbol);
        else if (lane.Contract.Currency != account.Account.Currency) yield return new(field, "currency_differs", lane.Contract.Currency, account.Account.Currency);
    }
}

using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>What became of a program's reports.</summary>
/// <param name="Taken">How many concerned an order of ours.</param>
/// <param name="UnknownIds">Ids we never gave, or no longer know.</param>
public sealed record BridgeReportsTaken(int Taken, IReadOnlyList<ClientOrderId> UnknownIds);

/// <summary>The engine's side of a bridge account: commands out, reports and reconciliation in, the link watched.</summary>
internal sealed class BridgeDesk(ChangeLog changes, OrderDesk orders, AccountDesk accounts)
{
    private readonly VenueTimes _times = new(changes);
    private readonly HashSet<AccountId> _up = [];
    private readonly Dictionary<ClientOrderId, Volume> _toldFilled = [];

    /// <summary>Filled volume that a program named without telling all of its trades; null: none is missing.</summary>
    public Volume? ToldFilled(Order order) => _toldFilled.TryGetValue(order.Id, out var told) && told > order.FilledVolume ? told : null;

    /// <param name="account">Whose commands.</param>
    /// <param name="another">Another program's question is open at this moment.</param>
    /// <param name="now">The machine's clock.</param>
    /// <param name="after">The last sequence the program saw; null: it does not say.</param>
    public Outcome<BridgeHandOut> Take(AccountId account, bool another, DateTimeOffset now, long? after = null)
    {
        if (Find(account) is not { } found) return Outcome<BridgeHandOut>.Failure("account_id", "not_a_bridge_account", account);
        var (book, link) = found;
        if (book.WhyClosed is { } closed) return Outcome<BridgeHandOut>.Failure([closed]);
        if (another)
        {
            if (!link.IsContested) changes.Tell(now, TapeSeverity.Danger, "bridge.two_programs", new(account), book.Account.Name);
            link.Contest(now);
            return Outcome<BridgeHandOut>.Failure("account_id", "bridge_in_use", book.Account.Name);
        }
        var handedOut = link.Take(now, after);
        WatchLink(book, link, now);
        return Outcome<BridgeHandOut>.Success(handedOut);
    }

    public Outcome<BridgeReportsTaken> Report(AccountId account, IReadOnlyList<BridgeReport> reports, Func<SymbolLane, DateTimeOffset> clock, DateTimeOffset now)
    {
        if (Find(account) is not { } found) return Outcome<BridgeReportsTaken>.Failure("account_id", "not_a_bridge_account", account);
        var (book, link) = found;
        if (book.WhyClosed is { } closed) return Outcome<BridgeReportsTaken>.Failure([closed]);
        var unknown = new List<ClientOrderId>();
        foreach (var report in reports)
        {
            if (orders.Known(report.OrderId) is { } order && order.AccountId == account) Book(book, link, order, report, clock, now);
            else unknown.Add(report.OrderId);
        }
        return Outcome<BridgeReportsTaken>.Success(new(reports.Count - unknown.Count, unknown));
    }

    /// <summary>Null: the snapshot may be applied; else why not.</summary>
    public Problem? WhyRefused(AccountBook account, PositionSnapshot snapshot) =>
        account.Venue is IBridgeLink link && snapshot.Epoch is { } told && told != link.Epoch ? new Problem("epoch", "wrong_epoch", told, link.Epoch) : null;

    /// <summary>A snapshot of this epoch that we asked for is the reconciliation: every working order is asked about too, and where the gate was shut orders go out from now
    /// on, the ones whose outcome is open first.</summary>
    /// <returns>Whether it was asked for.</returns>
    public bool Reconcile(AccountBook account, PositionSnapshot snapshot, DateTimeOffset now)
    {
        if (account.Venue is not IBridgeLink { SnapshotWanted: true } link || snapshot.Epoch != link.Epoch) return false;
        var asked = link.Open.Select(command => command.Order.Id).ToHashSet();
        foreach (var order in account.Working.Values.Where(order => order.State != OrderState.Intended && !asked.Contains(order.Id)).ToList()) link.Query(order);
        var wasShut = link.IsShut;
        link.Reconciled();
        if (wasShut) changes.Tell(now, TapeSeverity.Info, "bridge.reconciled", new(account.Id), account.Account.Name);
        return true;
    }

    /// <summary>A leg that moved without a trade to explain it: an order of it may have been filled, and the report lost with the link. It is asked about now, and not when the next
    /// comparison is due.</summary>
    public void AskAbout(AccountBook account, SnapshotResult moved)
    {
        if (account.Venue is not IBridgeLink { SnapshotWanted: false } link) return;
        foreach (var leg in moved.Differences.Where(difference => difference.Action is SnapshotAction.Adopted or SnapshotAction.Flattened))
        {
            var working = account.Working.Values.Where(order => order.Symbol == leg.Symbol && order.LegSide == leg.Side && order.State is (OrderState.Accepted or OrderState.PartiallyFilled));
            foreach (var order in working.Where(order => link.About(order.Id) is null).ToList()) link.Query(order);
        }
    }

    public void OnTimer(DateTimeOffset now)
    {
        foreach (var account in accounts.All)
        {
            if (account.Venue is not IBridgeLink link) continue;
            if (account.Account.IsClosed)
            {
                _up.Remove(account.Id);
                continue;
            }
            link.OnTimer(now);
            WatchLink(account, link, now);
        }
    }

    private void Book(AccountBook account, IBridgeLink link, Order order, BridgeReport report, Func<SymbolLane, DateTimeOffset> clock, DateTimeOffset now)
    {
        // Of two programs the one that never placed it may not be the one that was given it.
        if (report.SaysNeverPlaced && link.IsDisputed(order.Id)) return;
        var accountNow = account.Source.Now(now);
        var read = report.On(order, accountNow, _times.AreBelieved(account, report.Timestamp, accountNow));
        orders.Report(read);
        orders.Drain(clock);
        var current = orders.Find(order.Id);
        if (read.FilledVolume is { } told && current is not null && told > current.FilledVolume) _toldFilled[order.Id] = told;
        else _toldFilled.Remove(order.Id);
        link.Answered(order.Id, current, current is not null && read.FilledVolume > current.FilledVolume, now);
    }

    private void WatchLink(AccountBook account, IBridgeLink link, DateTimeOffset now)
    {
        if (link.IsHeard == _up.Contains(account.Id)) return;
        if (link.IsHeard) _up.Add(account.Id);
        else _up.Remove(account.Id);
        changes.Tell(now, link.IsHeard ? TapeSeverity.Info : TapeSeverity.Danger, link.IsHeard ? "bridge.up" : "bridge.down", new(account.Id), account.Account.Name);
    }

    private (AccountBook Book, IBridgeLink Link)? Find(AccountId account) =>
        accounts.Find(account) is { Venue: IBridgeLink link } book ? (book, link) : null;
}

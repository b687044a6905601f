using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Compares accounts with their venues: at start, when a link comes back, when it is time, on demand, and whenever a venue tells by itself. What it is told is applied
/// by <see cref="SnapshotReconciler"/>, <see cref="TradeIntake"/> and the order desk; here it is asked for, and what differs is remembered and adopted at a click.</summary>
internal sealed class ReconciliationDesk(ChangeLog changes, AccountDesk accounts, DifferenceFinder finder, SnapshotReconciler reconciler, PairDesk pairs, EngineOptions options)
{
    /// <summary>Differences that a kept comparison names.</summary>
    private const int MostNamed = 50;
    private readonly Dictionary<AccountId, ReconciliationState> _states = [];

    public IReadOnlyList<ReconciliationView> Views(DateTimeOffset now) => [.. accounts.All.Where(account => !account.Account.IsClosed).Select(account => View(account, now))];

    /// <summary>Begins a comparison; our own venue's ends at once, a bridge's with its snapshot.</summary>
    public Outcome<ReconciliationView> Ask(AccountId id, ReconciliationWhy why, DateTimeOffset now)
    {
        if (accounts.Find(id) is not { } account) return Outcome<ReconciliationView>.Failure("account_id", "unknown_account", id);
        if (account.WhyClosed is { } closed) return Outcome<ReconciliationView>.Failure([closed]);
        var state = StateOf(account);
        if (account.Venue is IBridgeLink link)
        {
            link.WantSnapshot();
            state.Waiting = (why, state.Waiting?.At ?? now);
        }
        else
        {
            CompareBooks(account, state);
            state.Legs = [.. state.Legs.Where(leg => leg.Action is not (SnapshotAction.Adopted or SnapshotAction.Flattened))];
            End(state, why, now, now, account.Ledger.Symbols.Count * 2, account.Working.Count);
            Keep(account, state, now);
        }
        return Outcome<ReconciliationView>.Success(View(account, now));
    }

    public void OnTimer(DateTimeOffset now)
    {
        foreach (var account in accounts.All.Where(account => !account.Account.IsClosed))
        {
            var state = StateOf(account);
            if (account.Venue is IBridgeLink { IsShut: true }) state.Waiting = state.Waiting is { Why: ReconciliationWhy.Start or ReconciliationWhy.Reconnect } ? state.Waiting : (WhyShut(state), now);
            else if (state.Last is null && account.Venue is not IBridgeLink) Ask(account.Id, ReconciliationWhy.Start, now);
            else if (IsDue(account, state, now)) Ask(account.Id, ReconciliationWhy.Timer, now);
        }
    }

    /// <param name="account">Whose.</param>
    /// <param name="result">What the snapshot meant.</param>
    /// <param name="asked">We had asked for it.</param>
    /// <param name="orders">Working orders before it.</param>
    /// <param name="now">The machine's clock.</param>
    public void OnSnapshot(AccountBook account, SnapshotResult result, bool asked, int orders, DateTimeOffset now)
    {
        var state = StateOf(account);
        state.Legs = [.. result.Differences.Where(difference => difference.Action != SnapshotAction.Unchanged)];
        state.Ignored = result.Ignored;
        var waiting = asked ? state.Waiting ?? (WhyShut(state), now) : ((ReconciliationWhy Why, DateTimeOffset At)?)null;
        if (asked) (state.Waiting, state.WasAnswered) = (null, true);
        End(state, waiting?.Why ?? ReconciliationWhy.Told, waiting?.At, now, result.Differences.Count, asked ? orders : 0);
        Keep(account, state, now);
    }

    public void OnTrades(AccountBook account, IReadOnlyList<ToldTrade> elsewhere, int told)
    {
        var state = StateOf(account);
        state.Elsewhere.AddRange(elsewhere);
        state.TradesTold += told;
    }

    public void OnFunds(AccountBook account, FundsTold told, DateTimeOffset now)
    {
        StateOf(account).Funds = told;
        View(account, now);
    }

    public void OnStrangers(AccountBook account, IEnumerable<ClientOrderId> ids, DateTimeOffset now)
    {
        foreach (var id in ids)
            if (StateOf(account).Strangers.TryAdd(id, now)) changes.Tell(account.Source.Now(now), TapeSeverity.Warning, "reconciliation.stranger", new(account.Id), id.Value);
    }

    /// <summary>Makes the venue's truth ours, or asks it once more, for one difference as it is now.</summary>
    public Outcome<ReconciliationView> Adopt(AccountId id, string key, decimal? shown, DateTimeOffset now)
    {
        if (accounts.Find(id) is not { } account) return Outcome<ReconciliationView>.Failure("account_id", "unknown_account", id);
        if (account.WhyClosed is { } closed) return Outcome<ReconciliationView>.Failure([closed]);
        if (View(account, now).Differences.FirstOrDefault(difference => difference.Key == key) is not { IsAdopted: false } found) return Outcome<ReconciliationView>.Failure("key", "unknown_difference", key);
        if (!found.CanAdopt) return Outcome<ReconciliationView>.Failure("key", "not_adoptable", key);
        if (shown is not null && shown != found.Venue) return Outcome<ReconciliationView>.Failure("shown", "difference_changed", shown, found.Venue);
        if (Take(account, found, now) is { Count: > 0 } problems) return Outcome<ReconciliationView>.Failure(problems);
        changes.Tell(account.Source.Now(now), TapeSeverity.Warning, "reconciliation.adopted", new(account.Id, found.Symbol), key, Text(found.Ours), Text(found.Venue));
        return Outcome<ReconciliationView>.Success(View(account, now));
    }

    /// <summary>Writes a comparison down that somebody waited for, or that found something else than the one before it; counts any other.</summary>
    private void Keep(AccountBook account, ReconciliationState state, DateTimeOffset now)
    {
        var differences = View(account, now).Differences; // What differs, differs from now on.
        var found = differences.Select(difference => (Sign(difference), difference.IsAdopted)).ToHashSet();
        // What was taken over is gone from the next one: that is no news.
        var isNews = found.Any(sign => !state.Kept.Found.Contains(sign)) || state.Kept.Found.Any(sign => !sign.IsAdopted && !found.Contains(sign));
        if (!isNews && state.Last!.Why is (ReconciliationWhy.Timer or ReconciliationWhy.Told))
        {
            state.Kept = (state.Kept.At, found, state.Kept.Quiet + 1);
            return;
        }
        changes.Add(new JournalChange.ReconciliationKept(new()
        {
            AccountId = account.Id, Run = state.Last!, Found = differences.Count, Open = differences.Count(difference => !difference.IsAdopted), QuietBefore = state.Kept.Quiet,
            Differences = [.. differences.Take(MostNamed)],
        }));
        state.Kept = (state.Last!.EndedAt, found, 0);
    }

    /// <summary>Money and prices move all the time: that they differ is the news, not by how much.</summary>
    private static string Sign(Difference difference) =>
        difference.Kind is DifferenceKind.Funds or DifferenceKind.Price ? difference.Key : $"{difference.Key} {Text(difference.Venue)}";

    private IReadOnlyList<Problem> Take(AccountBook account, Difference found, DateTimeOffset now)
    {
        var (state, clock) = (StateOf(account), account.Source.Now(now));
        switch (found.Kind)
        {
            case DifferenceKind.Leg:
                var lots = new Volume(found.Venue ?? 0m);
                SnapshotPosition told = found.Side == Side.Long ? new() { Symbol = found.Symbol!.Value, LongVolume = lots } : new() { Symbol = found.Symbol!.Value, ShortVolume = lots };
                reconciler.Adopt(account, told, accounts.Hold(account, told.Symbol, now)!, clock);
                break;
            case DifferenceKind.Funds:
                accounts.AdoptDifference(account, found.Venue!.Value - found.Ours!.Value, clock);
                break;
            case DifferenceKind.Pair:
                return pairs.Adopt(account.Id, found.Symbol!.Value, null, now).Problems;
            case DifferenceKind.Stranger:
                state.Strangers.Remove(new(found.OrderId!));
                break;
            case DifferenceKind.Order or DifferenceKind.Fills when account.Working.TryGetValue(new(found.OrderId!), out var order):
                state.AtVenue.Remove(order.Id);
                account.Venue.Query(order);
                break;
        }
        return [];
    }

    private ReconciliationView View(AccountBook account, DateTimeOffset now)
    {
        var state = StateOf(account);
        var differences = finder.Find(account, state, now);
        state.Keep(differences.Select(difference => difference.Key));
        var link = account.Venue as IBridgeLink;
        return new()
        {
            AccountId = account.Id,
            Last = state.Last,
            KeptAt = state.Kept.At,
            Quiet = state.Kept.Quiet,
            Waiting = state.Waiting,
            HoldsOrders = link is { IsShut: true },
            FundsAt = state.Funds?.TakenAt,
            NextAt = state.Waiting is null && link is null or { IsHeard: true } ? state.Last?.EndedAt + options.ReconcileEvery : null,
            Differences = differences,
        };
    }

    private bool IsDue(AccountBook account, ReconciliationState state, DateTimeOffset now) =>
        account.Venue is not IBridgeLink { IsHeard: false } && account.Venue is not IBridgeLink { SnapshotWanted: true } && now - state.Last?.EndedAt >= options.ReconcileEvery;

    private static ReconciliationWhy WhyShut(ReconciliationState state) => state.WasAnswered ? ReconciliationWhy.Reconnect : ReconciliationWhy.Start;

    private static void End(ReconciliationState state, ReconciliationWhy why, DateTimeOffset? askedAt, DateTimeOffset now, int legs, int orders)
    {
        if (state.Last is { } last) state.Elsewhere.RemoveAll(trade => trade.Timestamp < last.EndedAt);
        state.Last = new(why, askedAt, now, legs, orders, state.TradesTold);
        state.TradesTold = 0;
    }

    private static void CompareBooks(AccountBook account, ReconciliationState state)
    {
        state.AtVenue.Clear();
        if (account.Venue is not IVenueBooks books) return;
        var open = books.OpenOrders;
        foreach (var order in account.Working.Values.Where(order => order.State is not (OrderState.Intended or OrderState.Submitting)))
        {
            var filled = open.TryGetValue(order.Id, out var volume) ? volume : (Volume?)null;
            if (filled != order.FilledVolume) state.AtVenue[order.Id] = filled;
        }
        foreach (var id in open.Keys.Where(id => !account.Working.ContainsKey(id))) state.Strangers.TryAdd(id, DateTimeOffset.MinValue);
    }

    private ReconciliationState StateOf(AccountBook account)
    {
        if (!_states.TryGetValue(account.Id, out var state)) _states.Add(account.Id, state = new());
        return state;
    }

    private static string Text(decimal? value) => value is { } known ? known.ToString("0.########", System.Globalization.CultureInfo.InvariantCulture) : "—";
}

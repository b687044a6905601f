using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Brings an account's legs in step with what its venue says it holds, leg by leg.</summary>
internal sealed class SnapshotReconciler(ChangeLog changes, BookKeeper keeper, OutsideLegs outside, LockShrinker locks, LateFills late, PairDesk pairs)
{
    /// <summary>A stamp further ahead is a mistake and no clock.</summary>
    private static readonly TimeSpan FurthestAhead = TimeSpan.FromSeconds(60);

    private readonly VenueTimes _times = new(changes);
    private readonly List<LotBinding> _taken = [];
    private readonly HashSet<Guid> _awaited = [];
    private readonly List<Side> _becameFlat = [];
    private DateTimeOffset _takenAt;

    public SnapshotResult Apply(AccountBook account, PositionSnapshot snapshot, Func<Symbol, SymbolLane> lanes, DateTimeOffset now)
    {
        HearClock(account, snapshot, now);
        _takenAt = TakenAt(account, snapshot, now);
        var differences = new List<SnapshotDifference>();
        foreach (var position in snapshot.Positions) differences.AddRange(Take(account, snapshot, position, lanes(position.Symbol), now));
        differences.AddRange(LeftOut(account, snapshot, lanes, now));
        return new([.. differences.Where(difference => !difference.Ours.IsZero || !difference.Theirs.IsZero)]) { Ignored = snapshot.Ignored };
    }

    /// <summary>One contract, whatever else the account holds: what a snapshot said of it is taken over although it was older than a fill, or left out.</summary>
    public void Adopt(AccountBook account, SnapshotPosition told, SymbolLane lane, DateTimeOffset now)
    {
        _takenAt = now;
        Take(account, new() { AccountId = account.Id, Positions = [told] }, told, lane, now);
    }

    private SnapshotDifference[] Take(AccountBook account, PositionSnapshot snapshot, SnapshotPosition position, SymbolLane lane, DateTimeOffset now)
    {
        Begin();
        SnapshotDifference[] differences =
        [
            Leg(account, snapshot, lane, Side.Long, position.LongVolume, position.LongToday, position.LongAveragePrice, now),
            Leg(account, snapshot, lane, Side.Short, position.ShortVolume, position.ShortToday, position.ShortAveragePrice, now),
        ];
        Follow(account, lane, now);
        return differences;
    }

    private void Begin()
    {
        _taken.Clear();
        _awaited.Clear();
        _becameFlat.Clear();
    }

    /// <summary>Both legs of a contract are known: locks that lost lots, pairs that nobody owns, rules.</summary>
    private void Follow(AccountBook account, SymbolLane lane, DateTimeOffset now)
    {
        if (_taken.Count > 0) locks.Break(account, lane, [.. _taken], now, _awaited);
        pairs.Notice(account, lane.Symbol, now);
        outside.Changed(account.Id, lane.Symbol, _becameFlat, now);
    }

    private SnapshotDifference Leg(
        AccountBook account, PositionSnapshot snapshot, SymbolLane lane, Side side, Volume? told, Volume? today, Price? price, DateTimeOffset now)
    {
        var before = account.Ledger.Leg(lane.Symbol, side);
        var ours = before.Volume;
        account.Unconfirmed.Remove((lane.Symbol, side));
        if (told is not { } theirs) return new(lane.Symbol, side, ours, ours, SnapshotAction.Unchanged);
        if (IsOlder(account, snapshot, lane.Symbol)) return new(lane.Symbol, side, ours, theirs, SnapshotAction.OlderThanLastFill) { OursToday = before.TodayVolume, TheirsToday = today, TheirsPrice = price };
        var adopted = account.Ledger.AdoptLeg(lane.Contract, side, theirs, today, price, lane.Window!.TradingDay, now);
        if (adopted.IsEmpty) return new(lane.Symbol, side, ours, theirs, SnapshotAction.Unchanged);
        keeper.SaveLots(account, adopted.ChangedLots, adopted.RemovedLots);
        _taken.AddRange(adopted.LockedTaken);
        if (theirs.IsZero) _becameFlat.Add(side);
        _awaited.UnionWith(late.Remember(account, lane.Symbol, side, _takenAt, before.Lots, account.Ledger.Leg(lane.Symbol, side).Lots));
        account.Unsaved.Add(lane.Symbol);
        changes.Add(new JournalChange.LedgerSaved(account.Ledger.Balances));
        changes.Tell(now, TapeSeverity.Info, "position.adopted", new(account.Id, lane.Symbol), side == Side.Long ? "long" : "short", ours.ToString(), theirs.ToString());
        return new(lane.Symbol, side, ours, theirs, SnapshotAction.Adopted) { OursToday = before.TodayVolume, TheirsToday = today, OursPrice = before.AverageOpenPrice, TheirsPrice = price };
    }

    private IEnumerable<SnapshotDifference> LeftOut(AccountBook account, PositionSnapshot snapshot, Func<Symbol, SymbolLane> lanes, DateTimeOffset now)
    {
        var told = snapshot.Positions.Select(position => position.Symbol).ToHashSet();
        foreach (var symbol in account.Ledger.Symbols.Where(symbol => !told.Contains(symbol)).ToList())
        {
            Begin();
            foreach (var side in (Side[])[Side.Long, Side.Short])
            {
                if (account.Ledger.Leg(symbol, side).Volume.IsZero) continue;
                yield return Missing(account, snapshot, lanes(symbol), side, now);
            }
            Follow(account, lanes(symbol), now);
        }
    }

    /// <summary>A leg that was left out is flat when the snapshot says it is complete, or when a second snapshot leaves it out too; not while it names a contract that nobody knows here, which
    /// may be this one in another spelling.</summary>
    private SnapshotDifference Missing(AccountBook account, PositionSnapshot snapshot, SymbolLane lane, Side side, DateTimeOffset now)
    {
        var ours = account.Ledger.Leg(lane.Symbol, side).Volume;
        if (IsOlder(account, snapshot, lane.Symbol)) return new(lane.Symbol, side, ours, Volume.Zero, SnapshotAction.OlderThanLastFill);
        if (snapshot.Ignored.Count == 0 && (snapshot.Complete || account.Unconfirmed.Contains((lane.Symbol, side))))
            return Leg(account, snapshot, lane, side, Volume.Zero, Volume.Zero, null, now) with { Action = SnapshotAction.Flattened };
        if (account.Unconfirmed.Add((lane.Symbol, side))) changes.Tell(now, TapeSeverity.Warning, "leg.unconfirmed", new(account.Id, lane.Symbol), side == Side.Long ? "long" : "short", ours.ToString());
        return new(lane.Symbol, side, ours, Volume.Zero, SnapshotAction.Unconfirmed);
    }

    private static bool IsOlder(AccountBook account, PositionSnapshot snapshot, Symbol symbol) =>
        snapshot.Timestamp is { } taken && account.LastFillAt.TryGetValue(symbol, out var lastFill) && taken - account.VenueAhead < lastFill;

    /// <summary>As the venue says: trades carry times of the same clock. Where that clock is not believed theirs are not either, and it is put in our time: now at the latest. One that is behind
    /// cannot be told from a snapshot that was long on its way; it is taken by its word, and changes nothing where we know of a later fill.</summary>
    private DateTimeOffset TakenAt(AccountBook account, PositionSnapshot snapshot, DateTimeOffset now)
    {
        if (snapshot.Timestamp is not { } told) return now;
        if (_times.AreBelieved(account, told, now)) return told;
        return told - account.VenueAhead < now ? told - account.VenueAhead : now;
    }

    /// <summary>A snapshot that comes from the future tells that the venue's clock is ahead: without this, one that was taken before a fill would undo it.</summary>
    private static void HearClock(AccountBook account, PositionSnapshot snapshot, DateTimeOffset now)
    {
        if (account.Venue is not IBridgeLink || snapshot.Timestamp - now is not { } ahead || ahead > FurthestAhead) return;
        if (ahead > account.VenueAhead) account.VenueAhead = ahead;
    }
}

using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>One account: its ledger, its venue, its working orders and what has been seen of its fills.</summary>
internal sealed class AccountBook(Account account, AccountLedger ledger, SourceBook source)
{
    // Far more than the orders it remembers can have had.
    private const int MostSimulatedTrades = 4 * Simulation.SimulatedVenue.MostEnded;

    private readonly Dictionary<ClientOrderId, Order> _working = [];
    private readonly Dictionary<Guid, List<ClientOrderId>> _workingFor = [];

    public Account Account { get; private set; } = account;
    public AccountId Id => Account.Id;
    public AccountLedger Ledger { get; } = ledger;
    public SourceBook Source { get; } = source;

    /// <summary>Set once, right after construction: a venue reports back into the desk that owns this book.</summary>
    public IVenue Venue { get; private set; } = null!;

    /// <summary>Orders that are not final.</summary>
    public IReadOnlyDictionary<ClientOrderId, Order> Working => _working;
    public SeenTrades SeenTrades { get; } = new(account.Venue == VenueKind.Simulated ? MostSimulatedTrades : null);

    /// <summary>Null: nobody set any, and the defaults count.</summary>
    public LimitBook? Limits { get; set; }
    public OrderCounts Counts { get; } = new();

    /// <summary>Legs the last snapshot left out: their rules are suspended.</summary>
    public HashSet<(Symbol Symbol, Side Side)> Unconfirmed { get; } = [];

    /// <summary>Contracts of its snapshots that are none of ours, and have been named.</summary>
    public HashSet<string> NamedContracts { get; } = [];

    /// <summary>Why its latest snapshot could not be read; null: it could.</summary>
    public string? SnapshotRefused { get; set; }

    /// <summary>Time of the latest fill per contract, on the account's clock: an older snapshot changes nothing.</summary>
    public Dictionary<Symbol, DateTimeOffset> LastFillAt { get; } = [];

    /// <summary>How far the venue's clock was seen ahead of ours. Snapshots are compared with fills in our time.</summary>
    public TimeSpan VenueAhead { get; set; }

    /// <summary>That its times lie in the future was told.</summary>
    public bool IsClockNamed { get; set; }

    /// <summary>Lots that snapshots added to a leg, and shares of lots that they took from it, which no trade has explained yet.</summary>
    public Dictionary<(Symbol Symbol, Side Side, bool Added), IReadOnlyList<UnexplainedLot>> Unexplained { get; } = [];

    /// <summary>Volume of a contract's pair that the trader declined to call a lock: up to it both legs stand on their own, and neither covers the other.</summary>
    public Dictionary<Symbol, Volume> Independent { get; } = [];

    /// <summary>Contracts whose stored position row is behind.</summary>
    public HashSet<Symbol> Unsaved { get; } = [];

    /// <summary>When position rows, and equity points, were last written.</summary>
    public DateTimeOffset SavedAt { get; set; }
    public DateTimeOffset EquitySavedAt { get; set; }

    /// <summary>Working orders of a trigger: several at a time where its volume is more than its exchange takes in one.</summary>
    public IReadOnlyList<ClientOrderId> WorkingFor(Guid triggerId) => _workingFor.TryGetValue(triggerId, out var ids) ? ids : [];

    /// <summary>What its working orders may still fill.</summary>
    public Volume WorkingVolumeFor(Guid triggerId)
    {
        var sum = Volume.Zero;
        foreach (var id in WorkingFor(triggerId)) sum += _working[id].Remaining;
        return sum;
    }

    public void Put(Order order)
    {
        _working[order.Id] = order;
        if (order.TriggerId is not { } trigger) return;
        if (!_workingFor.TryGetValue(trigger, out var children)) _workingFor.Add(trigger, children = []);
        if (!children.Contains(order.Id)) children.Add(order.Id);
    }

    public void Drop(Order order)
    {
        _working.Remove(order.Id);
        if (order.TriggerId is not { } trigger || !_workingFor.TryGetValue(trigger, out var children)) return;
        children.Remove(order.Id);
        if (children.Count == 0) _workingFor.Remove(trigger);
    }

    public void Connect(IVenue venue) => Venue = venue;

    public void Rename(string name, string? externalId) => Account = Account with { Name = name, ExternalId = externalId };

    public void Put(TradingHalt? halt) => Account = Account with { Halt = halt };

    public void Close(DateTimeOffset? at) => Account = Account with { ClosedAt = at };

    /// <summary>Null: it is open.</summary>
    public Problem? WhyClosed => Account.ClosedAt is { } at ? new("account_id", "account_closed", at) : null;

    /// <summary>How much of a leg covers the other one: all that the trader did not call independent.</summary>
    public Volume Covering(Symbol symbol, Side side) => Ledger.Leg(symbol, side).Volume.Minus(Independent.GetValueOrDefault(symbol));

    /// <summary>Volume of working closes of a leg.</summary>
    public Volume WorkingCloses(Symbol symbol, Side side) => Sum(symbol, order => order.Offset != Offset.Open && order.LegSide == side);

    /// <summary>Of these, the volume of those outside any trigger.</summary>
    public Volume WorkingManualCloses(Symbol symbol, Side side) =>
        Sum(symbol, order => order.TriggerId is null && order.Offset != Offset.Open && order.LegSide == side);

    /// <summary>Volume of working orders that open the leg opposite to <paramref name="side"/> outside any trigger: locks asked for by hand.</summary>
    public Volume WorkingManualLocks(Symbol symbol, Side side) =>
        Sum(symbol, order => order is { Purpose: OrderPurpose.Lock, TriggerId: null } && order.LegSide == side.Opposite());

    /// <summary>Volume of working orders that close a side of one lock.</summary>
    public Volume WorkingOf(Guid lockId, Side side) => new(_working.Values
        .Where(order => order.OriginId == lockId && order.Purpose == OrderPurpose.Unlock && order.LegSide == side).Sum(order => order.Remaining.Value));

    /// <summary>How much of a lock a person is unlocking.</summary>
    public Volume UnlockingByHand(PositionLock held) => Volume.Max(ByHand(held, Side.Long), ByHand(held, Side.Short));

    private Volume ByHand(PositionLock held, Side side) => new(
        _working.Values.Where(order => order.OriginId == held.Id && order is { Purpose: OrderPurpose.Unlock, TriggerId: null } && order.LegSide == side).Sum(order => order.Remaining.Value)
        + (held.Unlocking?.Steps.Where(step => step.Leg == side).Sum(step => step.Volume.Value) ?? 0m));

    /// <summary>What snapshots took of a side of one lock and its own unlock, whose fills are still to be told, explains.</summary>
    public Volume Awaited(Symbol symbol, Side side, Guid lockId) =>
        Unexplained.TryGetValue((symbol, side, false), out var lots) ? new(lots.Where(lot => lot.LockId == lockId).Sum(lot => lot.Volume.Value)) : Volume.Zero;

    /// <summary>Volume of working closes of a leg that take lots of no lock.</summary>
    public Volume WorkingClosesOfFree(Symbol symbol, Side side, Func<Offset, bool>? counts = null) => Sum(
        symbol, order => order.Offset != Offset.Open && order.LegSide == side && order.Purpose != OrderPurpose.Unlock && (counts is null || counts(order.Offset)));

    private Volume Sum(Symbol symbol, Func<Order, bool> counts)
    {
        var sum = Volume.Zero;
        foreach (var order in _working.Values)
            if (order.Symbol == symbol && counts(order)) sum += order.Remaining;
        return sum;
    }
}

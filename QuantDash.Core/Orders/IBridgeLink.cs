using QuantDash.Core.Positions;

namespace QuantDash.Core.Orders;

public enum BridgeAction { Place, Cancel, Query }

/// <summary>One command for the trader's program. Its content follows from the order alone, so that one client order id means one content for ever.</summary>
/// <param name="Sequence">Grows with every hand-out, over restarts too.</param>
/// <param name="HandedOutAt">When a program last took it; null: not yet.</param>
/// <param name="Asked">How often it was handed out.</param>
/// <param name="AskedAgainAt">When it is handed out again unless it is answered; null: as soon as a program asks.</param>
public sealed record BridgeCommand(long Sequence, BridgeAction Action, Order Order, DateTimeOffset? HandedOutAt, int Asked = 0, DateTimeOffset? AskedAgainAt = null)
{
    /// <summary>How long after the decision an order may still be placed (DESIGN.md 6.1, <c>execute_within</c>).</summary>
    public static TimeSpan ExecuteWithin { get; } = TimeSpan.FromSeconds(30);

    /// <summary>On the account's clock.</summary>
    public DateTimeOffset ExpiresAt => Order.CreatedAt + ExecuteWithin;
}

/// <summary>What a program that asks for commands gets.</summary>
/// <param name="Epoch">New at every start of ours.</param>
/// <param name="SnapshotWanted">A position snapshot with this epoch is asked for.</param>
/// <param name="Items">Commands, oldest first.</param>
/// <param name="IsNews">Whether it is worth answering before the program's patience ends.</param>
/// <param name="Changed">Ends when there may be more.</param>
/// <param name="IsShut">The snapshot must come before anything is handed out.</param>
public sealed record BridgeHandOut(string Epoch, bool SnapshotWanted, IReadOnlyList<BridgeCommand> Items, bool IsNews, Task Changed, bool IsShut = false);

/// <summary>The venue of one account behind the trader's own program, which asks for commands and posts reports (DESIGN.md 10 "Bridge").
/// Single-threaded like the engine; only <see cref="BridgeHandOut.Changed"/> is awaited elsewhere.</summary>
public interface IBridgeLink : IVenue
{
    string Epoch { get; }

    /// <summary>The program is asked for a position snapshot: the reconciliation of this epoch, or of this reconnection, has not come yet, or a comparison is due.</summary>
    bool SnapshotWanted { get; }

    /// <summary>The gate: nothing is handed out until that snapshot has come. A comparison in between does not shut it.</summary>
    bool IsShut { get; }

    /// <summary>Whether a program was heard within the last minute.</summary>
    bool IsHeard { get; }
    DateTimeOffset? HeardAt { get; }

    /// <summary>Two programs asked at once within the last minute.</summary>
    bool IsContested { get; }

    /// <summary>Commands without a report, oldest first.</summary>
    IReadOnlyList<BridgeCommand> Open { get; }

    /// <summary>What is asked of the program about one order; null: nothing.</summary>
    BridgeCommand? About(ClientOrderId id);

    /// <summary>A program asks. Gives what has not been given yet, or not been answered in time.</summary>
    /// <param name="now">The machine's clock.</param>
    /// <param name="after">The last sequence the program saw: what was given a second ago or more and is newer was lost on its way, and is given again at once.</param>
    BridgeHandOut Take(DateTimeOffset now, long? after = null);

    /// <summary>Asks the program for a snapshot to compare with; orders go on.</summary>
    void WantSnapshot();

    /// <summary>A second program asks while the first one's question is open.</summary>
    void Contest(DateTimeOffset now);

    /// <summary>Handed out while two programs asked: it is only asked about from then on, and "never placed" is believed of neither.</summary>
    bool IsDisputed(ClientOrderId id);

    /// <summary>The position snapshot of this epoch has been applied.</summary>
    void Reconciled();

    /// <summary>A report on an order was booked.</summary>
    /// <param name="order">The order as it is now; null when it is final.</param>
    /// <param name="id">Which order.</param>
    /// <param name="keepAsking">The report named trades that have not come.</param>
    /// <param name="now">The machine's clock.</param>
    void Answered(ClientOrderId id, Order? order, bool keepAsking, DateTimeOffset now);

    /// <summary>Time passed on the machine's clock.</summary>
    void OnTimer(DateTimeOffset now);
}

/// <summary>Makes the venue of a bridge account; every call begins a new epoch.</summary>
public interface IBridgeLinkFactory
{
    IBridgeLink Open(Account account, Guid epoch, Action<OrderReport> report, DateTimeOffset now);
}

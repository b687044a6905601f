using QuantDash.Core.Primitives;

namespace QuantDash.Core.Orders;

/// <summary>The tables through which a trader's program that reads and writes the database trades: it asks in <c>bridge_links</c>, reads <c>order_commands</c> and inserts
/// into <c>order_reports</c> (docs/bridge-tables.md). A copy: nothing in it is read back but what the program wrote.</summary>
public interface IBridgeTables
{
    /// <summary>Who asks, and the reports that were not taken yet, oldest first.</summary>
    Task<BridgeTableNews> ReadAsync(CancellationToken stop);

    /// <summary>Tells the program where it stands; commands of another epoch end with it.</summary>
    Task SaveLinkAsync(BridgeTableLink link, DateTimeOffset now);

    /// <summary>Hands commands out to <paramref name="program"/>; a row of the same order is replaced.</summary>
    Task WriteAsync(string epoch, string program, IReadOnlyList<BridgeCommand> commands, DateTimeOffset now);

    /// <summary>Marks commands as over: answered, or not to be carried out any more.</summary>
    Task EndAsync(IReadOnlyList<ClientOrderId> orders, DateTimeOffset now);

    /// <summary>Marks reports as taken, each with its answer, or with what was wrong with it.</summary>
    Task MarkAsync(IReadOnlyList<BridgeRowTaken> taken, DateTimeOffset now);
}

/// <param name="Asks">One row an account whose program ever asked, or that we told of.</param>
/// <param name="Reports">Not taken yet, oldest first; a limited number at a time.</param>
public sealed record BridgeTableNews(IReadOnlyList<BridgeTableAsk> Asks, IReadOnlyList<BridgeTableReport> Reports);

/// <param name="AccountId">Whose program.</param>
/// <param name="Asks">Grows with every question.</param>
/// <param name="Program">Its name: the same over its restarts, another for another program; null: none given.</param>
public sealed record BridgeTableAsk(AccountId AccountId, long Asks, string? Program);

/// <summary>A row of <c>order_reports</c>: one report, or a message as the socket carries it, or neither because it cannot be read.</summary>
public sealed record BridgeTableReport
{
    public required long Id { get; init; }
    public required AccountId AccountId { get; init; }
    public BridgeReport? Report { get; init; }
    public string? Message { get; init; }

    /// <summary>Why it cannot be read.</summary>
    public string? Problem { get; init; }
}

/// <param name="AccountId">Whose program.</param>
/// <param name="Epoch">A command of another epoch is not to be carried out.</param>
/// <param name="SnapshotWanted">Nothing is handed out before a position snapshot with this epoch.</param>
/// <param name="LinkUp">Heard within the last minute, and reconciled.</param>
/// <param name="IsContested">Two programs asked: nothing is handed out through the tables meanwhile.</param>
/// <param name="AsksSeen">The last question of the program that we saw.</param>
public sealed record BridgeTableLink(AccountId AccountId, string Epoch, bool SnapshotWanted, bool LinkUp, bool IsContested, long AsksSeen);

/// <param name="Id">Of the row.</param>
/// <param name="Answer">As HTTP would have answered, JSON; null: none.</param>
/// <param name="Problem">What was wrong; null: nothing.</param>
public sealed record BridgeRowTaken(long Id, string? Answer, string? Problem);

namespace QuantDash.Web.Adapters.Storage.Rows;

/// <summary>Table <c>bridge_links</c>: where a bridge account stands, written by us, and the question of its program, written by it.</summary>
internal sealed class BridgeLinkRow
{
    public Guid AccountId { get; set; }
    public required string Epoch { get; set; }
    public bool SnapshotWanted { get; set; }
    public bool LinkUp { get; set; }

    /// <summary>Two programs asked: nothing is handed out through the tables meanwhile.</summary>
    public bool Contested { get; set; }

    /// <summary>The last of <see cref="Asks"/> that we saw.</summary>
    public long AsksSeen { get; set; }

    /// <summary>The program's: counted up by it every few seconds.</summary>
    public long Asks { get; set; }

    /// <summary>The program's: its name, the same over its restarts, another for another program.</summary>
    public string? Program { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }
}

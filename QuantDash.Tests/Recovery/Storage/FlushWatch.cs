using QuantDash.Tests.Support;

namespace QuantDash.Tests.Recovery.Storage;

/// <summary>Looks whether a commit ends with a flush of the log that it wrote: a write without one is in the machine's memory only, and gone with its power.</summary>
internal sealed class FlushWatch(SqliteCalls disk)
{
    private const string Write = "write quantdash.db-wal";
    private const string Sync = "sync quantdash.db-wal";
    private int _from;

    /// <summary>The first commit that did not; null: none. Told here as well, for an exception on the journal's thread only makes it try again.</summary>
    public string? Trouble { get; private set; }

    public void Begin() => _from = disk.Calls.Count;

    /// <summary>A commit that went through. What was not counted, because the disk was not watched, is passed over.</summary>
    public void ShouldEndFlushed()
    {
        var calls = disk.Calls.Skip(_from).Where(call => call is Write or Sync).ToList();
        if (calls.Count > 0 && calls[^1] != Sync) Trouble ??= $"a commit ended with {string.Join(", ", calls.TakeLast(5))}";
    }
}

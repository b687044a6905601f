using QuantDash.Core.Audit;
using QuantDash.Core.Engine;
using QuantDash.Web.Adapters.Storage;
using QuantDash.Web.Adapters.Storage.Journal;

namespace QuantDash.Tests.Recovery.Storage;

/// <summary>The journal's connection, with a test at its elbow: before and after every commit, and dead when the process is to be.</summary>
internal sealed class ScriptedConnection(StorageTarget target, JournalConnection inner) : JournalConnection(target)
{
    private int _sinceCheckpoint;

    /// <summary>Nothing is written from here on, and nothing tried again: the process is no more.</summary>
    public volatile bool IsDead;

    /// <summary>Looks at what is about to be written; may set <see cref="IsDead"/>, or throw.</summary>
    public Action<IReadOnlyList<JournalBatch>>? Before { get; set; }

    /// <summary>It is written, and nobody has been told.</summary>
    public Action<IReadOnlyList<JournalBatch>, JournalConnection>? After { get; set; }

    /// <summary>A checkpoint after every so many commits, in their own breath, as after a long burst; 0: never, not even at rest.</summary>
    public int CheckpointEvery { get; set; }

    public override void Open()
    {
        ShouldLive();
        inner.Open();
    }

    public override void Close() => inner.Close();

    public override IReadOnlyList<OutsideEdit> Commit(IReadOnlyList<JournalBatch> batches, IReadOnlyList<AuditEntry> audit)
    {
        Before?.Invoke(batches);
        ShouldLive();
        var edits = inner.Commit(batches, audit);
        After?.Invoke(batches, inner);
        ShouldLive();
        if (CheckpointEvery > 0 && ++_sinceCheckpoint % CheckpointEvery == 0) inner.Rest(1);
        return edits;
    }

    public override IReadOnlyList<OutsideEdit> TakeOver()
    {
        ShouldLive();
        return inner.TakeOver();
    }

    internal override QuantDashContext CreateContext() => inner.CreateContext();

    private void ShouldLive()
    {
        if (IsDead) throw new FencedOffException("nobody, this process died");
    }
}

using Microsoft.EntityFrameworkCore;
using QuantDash.Core.Audit;
using QuantDash.Core.Engine;
using QuantDash.Web.Adapters.Storage.Journal;
using QuantDash.Web.Adapters.Storage.Rows;

namespace QuantDash.Web.Adapters.Storage.Audit;

/// <summary>Puts notes into the chain, on the journal's thread alone: there is one head, and it moves only when what it stands for is durable.</summary>
internal sealed class AuditScribe(AuditNotes notes, AuditWitness witness, TimeProvider clock, ILogger<AuditScribe> log)
{
    private const int EntriesAtOnce = 1000;
    private AuditHead? _head;
    private IReadOnlyList<AuditEntry> _pending = [];
    private long _number = -1;

    /// <summary>Of the last entry that is known to be durable; null before the first look. Read from any thread.</summary>
    public long? Number => Interlocked.Read(ref _number) is >= 0 and var number ? number : null;

    /// <summary>Notes outside what was committed when the process was killed. Once, before anything is written.</summary>
    public void CatchUp(JournalConnection connection)
    {
        OpenWitness();
        var (last, head) = (witness.Last(), HeadIn(connection));
        Interlocked.Exchange(ref _number, head.Number);
        if (last.Number > 0 && !Stands(connection, last))
        {
            log.LogCritical(
                "The audit chain in the database does not hold with what was noted outside it: entry {Number} is not there as it was. Run `audit verify` to see where it breaks", last.Number);
            return;
        }

        for (var from = last.Number == 0 ? head.Number - 1 : last.Number; from < head.Number; from += EntriesAtOnce)
        {
            witness.Note(connection.Run(context => context.Set<AuditRow>().AsNoTracking().Where(r => r.Number > from).OrderBy(r => r.Number).Take(EntriesAtOnce)
                .Select(r => new AuditHead(r.Number, r.Hash)).ToList()));
        }
    }

    // Now, and not before the first order.
    private void OpenWitness()
    {
        try
        {
            witness.Open();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            log.LogError(error, "Audit entries cannot be noted outside the database");
        }
    }

    /// <summary>The entries of these steps. The same ones again after a failure whose commit had come through after all are none.</summary>
    public IReadOnlyList<AuditEntry> Seal(IReadOnlyList<JournalBatch> batches, JournalConnection connection)
    {
        if (_head is null && _pending.Count > 0 && Stands(connection, AuditChain.HeadAt(_pending[^1])))
        {
            Confirm(_pending);
            return [];
        }

        var head = _head ??= StillThere(HeadIn(connection));
        var at = AuditChain.Storable(clock.GetUtcNow());
        var entries = new List<AuditEntry>();
        foreach (var note in batches.SelectMany(batch => notes.Of(batch, at)))
        {
            entries.Add(AuditChain.Append(head, note));
            head = AuditChain.HeadAt(entries[^1]);
        }

        return _pending = entries;
    }

    /// <summary>These are durable.</summary>
    public void Confirm(IReadOnlyList<AuditEntry> entries)
    {
        _pending = [];
        if (entries.Count == 0) return;
        _head = AuditChain.HeadAt(entries[^1]);
        Interlocked.Exchange(ref _number, entries[^1].Number);
        try
        {
            witness.Note(entries.Select(AuditChain.HeadAt));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The disk is full: the chain itself stands, and the next start notes what is missing.
            log.LogError(error, "Audit entries up to {Number} could not be noted outside the database", entries[^1].Number);
        }
    }

    /// <summary>Whether the last ones are durable is not known: look before the next.</summary>
    public void Unsure() => _head = null;

    /// <summary>After trouble: throws when the database is not the one that was written before it.</summary>
    public void LookAgain(JournalConnection connection)
    {
        Unsure();
        StillThere(HeadIn(connection));
    }

    /// <summary>One note by itself, in a transaction of its own.</summary>
    public void Record(AuditNote note, JournalConnection connection)
    {
        try
        {
            var entry = AuditChain.Append(_head ??= HeadIn(connection), note);
            connection.Run(context =>
            {
                context.Add(AuditRow.From(entry));
                return context.SaveChanges();
            });
            Confirm([entry]);
        }
        catch
        {
            Unsure();
            throw;
        }
    }

    /// <summary>A database that has forgotten what was durable (an older file in its place, a standby server that lagged behind) is not the one that is traded on.</summary>
    private AuditHead StillThere(AuditHead head) => head.Number >= Interlocked.Read(ref _number) ? head : throw new InvalidDataException(
        $"The database went back: it knows {head.Number} audit entries, and {Interlocked.Read(ref _number)} were durable. No order goes out. Bring the right one back, or start again to go on from this one.");

    private static AuditHead HeadIn(JournalConnection connection)
        => connection.Run(context => context.Set<AuditRow>().AsNoTracking().OrderByDescending(r => r.Number).Select(r => new AuditHead(r.Number, r.Hash)).Take(1).ToList()) is [var head] ? head : AuditHead.None;

    private static bool Stands(JournalConnection connection, AuditHead head)
        => connection.Run(context => context.Set<AuditRow>().Any(r => r.Number == head.Number && r.Hash == head.Hash));
}

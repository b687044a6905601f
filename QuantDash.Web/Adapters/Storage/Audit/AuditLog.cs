using QuantDash.Core.Audit;
using QuantDash.Web.Adapters.Storage.Journal;

namespace QuantDash.Web.Adapters.Storage.Audit;

internal sealed class AuditLog(JournalWriter journal) : IAuditLog
{
    public Task RecordAsync(AuditNote note, CancellationToken stop = default) => journal.RecordAsync(note with
    {
        At = AuditChain.Storable(note.At),
        Actor = note.Actor with { Name = StorableText.Of(note.Actor.Name) },
        Subject = note.Subject is { } subject ? StorableText.Of(subject.Length > 128 ? subject[..128] : subject) : null,
    }).WaitAsync(stop);
}

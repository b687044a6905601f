using QuantDash.Core.Audit;
using QuantDash.Core.Primitives;
using QuantDash.Core.Statements;

namespace QuantDash.Tests.Support;

/// <summary>Imported statements in memory.</summary>
internal sealed class SampleStatements : IBrokerStatements
{
    public List<KeptStatement> Kept { get; } = [];

    public Task<KeptStatement> KeepAsync(KeptStatement statement, CancellationToken stop = default)
    {
        if (Kept.Find(kept => kept.AccountId == statement.AccountId && kept.Text == statement.Text) is { } known) return Task.FromResult(known);
        Kept.Insert(0, statement);
        return Task.FromResult(statement);
    }

    public Task<Page<KeptStatement>> ListAsync(AccountId? account, PageRequest page, CancellationToken stop = default) =>
        Task.FromResult(new Page<KeptStatement>([.. Kept.Where(kept => account is null || kept.AccountId == account)], null));

    public Task<KeptStatement?> FindAsync(Guid id, CancellationToken stop = default) => Task.FromResult(Kept.Find(kept => kept.Id == id));
}

/// <summary>Notes for the audit in memory.</summary>
internal sealed class SampleAuditLog : IAuditLog
{
    public List<AuditNote> Notes { get; } = [];

    public Task RecordAsync(AuditNote note, CancellationToken stop = default)
    {
        Notes.Add(note);
        return Task.CompletedTask;
    }
}

using QuantDash.Core.Primitives;

namespace QuantDash.Core.Statements;

/// <summary>A broker's statement as it was imported: its text is kept, what it says is read from it again.</summary>
public sealed record KeptStatement
{
    public required Guid Id { get; init; }
    public required AccountId AccountId { get; init; }
    public required DateOnly TradingDay { get; init; }
    public required StatementKind Kind { get; init; }

    /// <summary>Of the file; null when it came as text.</summary>
    public string? FileName { get; init; }
    public required DateTimeOffset ImportedAt { get; init; }
    public required string ImportedBy { get; init; }
    public required string Text { get; init; }
}

/// <summary>Statements that were imported, newest first.</summary>
public interface IBrokerStatements
{
    /// <summary>Keeps it, or returns the one of the same account with the same text that is kept already.</summary>
    Task<KeptStatement> KeepAsync(KeptStatement statement, CancellationToken stop = default);

    /// <param name="account">Null: of every account.</param>
    Task<Page<KeptStatement>> ListAsync(AccountId? account, PageRequest page, CancellationToken stop = default);

    /// <summary>Null when there is none.</summary>
    Task<KeptStatement?> FindAsync(Guid id, CancellationToken stop = default);
}

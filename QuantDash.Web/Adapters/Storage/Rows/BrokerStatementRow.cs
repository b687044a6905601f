using System.Security.Cryptography;
using System.Text;
using QuantDash.Core.Statements;

namespace QuantDash.Web.Adapters.Storage.Rows;

/// <summary>Table <c>broker_statements</c>.</summary>
internal sealed class BrokerStatementRow
{
    public Guid Id { get; set; }
    public Guid AccountId { get; set; }
    public DateOnly TradingDay { get; set; }
    public required string Kind { get; set; }
    public string? FileName { get; set; }
    public DateTimeOffset ImportedAt { get; set; }
    public required string ImportedBy { get; set; }

    /// <summary>SHA-256 of the text: the same file twice is the same row.</summary>
    public required string TextHash { get; set; }
    public required string Text { get; set; }

    public static BrokerStatementRow From(KeptStatement statement) => new()
    {
        Id = statement.Id,
        AccountId = statement.AccountId.Value,
        TradingDay = statement.TradingDay,
        Kind = EnumText<StatementKind>.Of(statement.Kind),
        FileName = statement.FileName,
        ImportedAt = statement.ImportedAt,
        ImportedBy = statement.ImportedBy,
        TextHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(statement.Text))),
        Text = statement.Text,
    };

    public KeptStatement ToStatement() => new()
    {
        Id = Id,
        AccountId = new(AccountId),
        TradingDay = TradingDay,
        Kind = EnumText<StatementKind>.Parse(Kind),
        FileName = FileName,
        ImportedAt = ImportedAt,
        ImportedBy = ImportedBy,
        Text = Text,
    };
}

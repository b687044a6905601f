using QuantDash.Core.Positions;

namespace QuantDash.Web.Adapters.Storage.Rows;

/// <summary>Table <c>accounts</c>: who the account is, and its funds for those who read with SQL (at most 1 s behind the engine). The engine's own
/// sums are in <c>account_ledgers</c>.</summary>
internal sealed class AccountRow
{
    public Guid Id { get; set; }
    public string? ExternalId { get; set; }
    public required string Name { get; set; }
    public required string Venue { get; set; }
    public required string Currency { get; set; }
    public required string Source { get; set; }
    public bool IsDemo { get; set; }
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>紧急停止: since when it takes no new exposure; null: it does.</summary>
    public DateTimeOffset? HaltedAt { get; set; }
    public string? HaltReason { get; set; }

    /// <summary>Since when it hears and takes nothing; null: it is open.</summary>
    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>动态权益; null when a mark is unknown.</summary>
    public decimal? Balance { get; set; }
    public decimal? Available { get; set; }
    public decimal? Margin { get; set; }
    public decimal? UnrealizedPnl { get; set; }
    public decimal? RealizedPnl { get; set; }

    /// <summary>Of the funds; until there are any, of the account.</summary>
    public DateTimeOffset UpdatedAt { get; set; }

    public static AccountRow From(Account account) => new()
    {
        Id = account.Id.Value,
        ExternalId = account.ExternalId,
        Name = account.Name,
        Venue = EnumText<VenueKind>.Of(account.Venue),
        Currency = account.Currency.Code,
        Source = account.Source.Value,
        IsDemo = account.IsDemo,
        CreatedAt = account.CreatedAt,
        HaltedAt = account.Halt?.At,
        HaltReason = account.Halt?.Reason,
        ClosedAt = account.ClosedAt,
        UpdatedAt = account.CreatedAt,
    };

    /// <summary>Only the funds: what an update by id needs.</summary>
    public static AccountRow FundsOf(DateTimeOffset at, Funds funds) => new()
    {
        Id = funds.AccountId.Value,
        Name = "",
        Venue = "",
        Currency = "",
        Source = "",
        Balance = funds.Equity,
        Available = funds.Available,
        Margin = funds.Margin,
        UnrealizedPnl = funds.FloatingPnl,
        RealizedPnl = funds.RealisedPnl,
        UpdatedAt = at,
    };

    public Account ToAccount() => new()
    {
        Id = new(Id),
        ExternalId = ExternalId,
        Name = Name,
        Venue = EnumText<VenueKind>.Parse(Venue),
        Currency = new(Currency),
        Source = new(Source),
        IsDemo = IsDemo,
        CreatedAt = CreatedAt,
        Halt = HaltedAt is { } at ? new(at, HaltReason ?? "") : null,
        ClosedAt = ClosedAt,
    };
}

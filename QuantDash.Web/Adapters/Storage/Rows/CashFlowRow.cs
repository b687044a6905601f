using QuantDash.Core.Positions;

namespace QuantDash.Web.Adapters.Storage.Rows;

/// <summary>Table <c>cash_flow</c>.</summary>
internal sealed class CashFlowRow
{
    public Guid Id { get; set; }
    public Guid AccountId { get; set; }
    public decimal Amount { get; set; }
    public required string Currency { get; set; }
    public DateOnly TradingDay { get; set; }
    public DateTimeOffset OccurredAt { get; set; }
    public string? Note { get; set; }

    public static CashFlowRow From(CashFlow flow) => new()
    {
        Id = flow.Id,
        AccountId = flow.AccountId.Value,
        Amount = flow.Amount.Amount,
        Currency = flow.Amount.Currency.Code,
        TradingDay = flow.TradingDay,
        OccurredAt = flow.OccurredAt,
        Note = flow.Note,
    };

    public CashFlow ToCashFlow() => new()
    {
        Id = Id,
        AccountId = new(AccountId),
        Amount = new(Amount, new(Currency)),
        TradingDay = TradingDay,
        OccurredAt = OccurredAt,
        Note = Note,
    };
}

using QuantDash.Core.Positions;

namespace QuantDash.Web.Adapters.Storage.Rows;

/// <summary>Table <c>account_ledgers</c>: the engine's own sums, exact to the last digit.</summary>
internal sealed class AccountLedgerRow
{
    public Guid AccountId { get; set; }
    public required string Currency { get; set; }
    public DateOnly? TradingDay { get; set; }
    public decimal Deposits { get; set; }
    public decimal RealisedPnl { get; set; }
    public decimal Fees { get; set; }
    public decimal StaticEquity { get; set; }
    public decimal CashFlowToday { get; set; }
    public decimal ClosePnlToday { get; set; }
    public decimal FeesToday { get; set; }

    public static AccountLedgerRow From(LedgerBalances balances) => new()
    {
        AccountId = balances.AccountId.Value,
        Currency = balances.Currency.Code,
        TradingDay = balances.TradingDay,
        Deposits = balances.Deposits,
        RealisedPnl = balances.RealisedPnl,
        Fees = balances.Fees,
        StaticEquity = balances.StaticEquity,
        CashFlowToday = balances.CashFlowToday,
        ClosePnlToday = balances.ClosePnlToday,
        FeesToday = balances.FeesToday,
    };

    public LedgerBalances ToBalances() => new()
    {
        AccountId = new(AccountId),
        Currency = new(Currency),
        TradingDay = TradingDay,
        Deposits = Deposits,
        RealisedPnl = RealisedPnl,
        Fees = Fees,
        StaticEquity = StaticEquity,
        CashFlowToday = CashFlowToday,
        ClosePnlToday = ClosePnlToday,
        FeesToday = FeesToday,
    };
}

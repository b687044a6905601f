using QuantDash.Core.Performance;
using QuantDash.Core.Positions;

namespace QuantDash.Web.Features.Accounts;

/// <param name="AccountId">Whose; needed.</param>
/// <param name="Amount">Positive: deposit; negative: withdrawal, at most what is available. In the account's currency.</param>
/// <param name="Note">At most 200 characters.</param>
public sealed record CashFlowBody(string AccountId, decimal Amount, string? Note = null);

/// <param name="Rate">Units of the second for one of the first, above 0.</param>
/// <param name="AsOf">When it was true; now when absent.</param>
public sealed record ExchangeRateBody(string FromCurrency, string ToCurrency, decimal Rate, DateTimeOffset? AsOf = null);

public sealed record ExchangeRateAnswer(string FromCurrency, string ToCurrency, decimal Rate, DateTimeOffset AsOf)
{
    public static ExchangeRateAnswer Of(ExchangeRate rate) => new(rate.From.Code, rate.To.Code, rate.Rate, rate.AsOf);
}

/// <param name="StartEquity">昨结权益.</param>
/// <param name="Pnl">After fees, before cash flow.</param>
/// <param name="Return">pnl ÷ (start equity + what was paid in); null without any.</param>
/// <param name="Settled">False: the day may go on.</param>
public sealed record DailyResultAnswer(DateOnly TradingDay, decimal StartEquity, decimal NetCashFlow, decimal Pnl, decimal? Return, decimal Fees, decimal EndEquity, bool Settled)
{
    public static DailyResultAnswer Of(DailyResult day) => new(day.Day, day.StartEquity, day.NetCashFlow, day.Pnl, day.Return, day.Fees, day.EndEquity, day.Settled);
}

public sealed record SettlementAnswer(Guid AccountId, DateOnly TradingDay, DateTimeOffset SettledAt, string Currency, FundsAnswer Funds)
{
    public static SettlementAnswer Of(AccountSettlement settlement) =>
        new(settlement.AccountId.Value, settlement.TradingDay, settlement.SettledAt, settlement.Funds.Currency.Code, FundsAnswer.Of(settlement.Funds));
}

/// <summary>Ratios are of daily returns, annualised over 252 days; null: too few days, or a division by nothing.</summary>
/// <param name="MaxDrawdown">≤ 0, a ratio.</param>
/// <param name="Trades">Of trades that closed something, each after its own fee.</param>
public sealed record PerformanceAnswer(
    Guid AccountId,
    string Currency,
    int Days,
    int WinningDays,
    int LosingDays,
    decimal Pnl,
    decimal Fees,
    decimal NetCashFlow,
    decimal? BestDay,
    decimal? WorstDay,
    double? TotalReturn,
    double? AnnualReturn,
    double? AnnualVolatility,
    double? Sharpe,
    double? Sortino,
    double? MaxDrawdown,
    double? Calmar,
    double? Omega,
    double RiskFree,
    TradeStatistics Trades)
{
    public static PerformanceAnswer Of(Account account, PerformanceReport report, double riskFree) => new(
        account.Id.Value, account.Currency.Code, report.Days, report.WinningDays, report.LosingDays, report.Pnl, report.Fees, report.NetCashFlow, report.BestDay, report.WorstDay,
        report.TotalReturn, report.AnnualReturn, report.AnnualVolatility, report.Sharpe, report.Sortino, report.MaxDrawdown, report.Calmar, report.Omega, riskFree, report.Trades);
}

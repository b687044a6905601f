using QuantDash.Core.Engine;
using QuantDash.Core.Positions;

namespace QuantDash.Web.Features.Accounts;

/// <param name="Venue">simulated, or bridge: the trader's own program beside a counter.</param>
/// <param name="InitialBalance">1,000,000 when absent; 0 for a bridge, whose program tells the balance.</param>
/// <param name="ExternalId">The venue's own id, accepted wherever account_id is.</param>
/// <param name="Source">The source its rules hear; its venue's own when absent.</param>
public sealed record AccountBody(
    string Name, string Venue, string Currency, decimal? InitialBalance = null, string? ExternalId = null, string? Source = null);

/// <param name="Name">What is left out stays.</param>
/// <param name="ExternalId">The venue's own id; null takes it away.</param>
public sealed record AccountNameBody(string? Name = null, string? ExternalId = null);

/// <param name="Replay">Its source's feed is the clock.</param>
/// <param name="HaltedAt">紧急停止: since when it takes no new exposure; null: it does.</param>
/// <param name="ClosedAt">Since when it hears and takes nothing; null: it is open.</param>
/// <param name="Funds">Null right after creating it.</param>
public sealed record AccountAnswer(
    Guid Id,
    string? ExternalId,
    string Name,
    VenueKind Venue,
    string Currency,
    string Source,
    bool IsDemo,
    DateTimeOffset CreatedAt,
    bool? Replay = null,
    bool? LinkUp = null,
    FundsAnswer? Funds = null,
    DateTimeOffset? HaltedAt = null,
    string? HaltReason = null,
    DateTimeOffset? ClosedAt = null)
{
    public static AccountAnswer Of(Account account) => new(
        account.Id.Value, account.ExternalId, account.Name, account.Venue, account.Currency.Code, account.Source.Value, account.IsDemo, account.CreatedAt, ClosedAt: account.ClosedAt);

    public static AccountAnswer Of(AccountView view) =>
        Of(view.Account) with { Replay = view.Replay, LinkUp = view.LinkUp, Funds = FundsAnswer.Of(view.Funds), HaltedAt = view.Account.Halt?.At, HaltReason = view.Account.Halt?.Reason };
}

/// <param name="FloatingPnl">浮动盈亏, against open prices; null when a mark is unknown.</param>
/// <param name="HoldingPnl">持仓盈亏, against the previous settlement.</param>
/// <param name="RiskRatio">风险度, margin ÷ equity.</param>
public sealed record FundsAnswer(
    DateOnly? TradingDay,
    decimal Deposits,
    decimal RealisedPnl,
    decimal Fees,
    decimal? FloatingPnl,
    decimal StaticEquity,
    decimal ClosePnlToday,
    decimal? HoldingPnl,
    decimal FeesToday,
    decimal CashFlowToday,
    decimal? Equity,
    decimal Margin,
    decimal FrozenMargin,
    decimal FrozenFees,
    decimal? Available,
    decimal? RiskRatio)
{
    public static FundsAnswer Of(Funds funds) => new(
        funds.TradingDay, funds.Deposits, funds.RealisedPnl, funds.Fees, funds.FloatingPnl, funds.StaticEquity, funds.ClosePnlToday, funds.HoldingPnl,
        funds.FeesToday, funds.CashFlowToday, funds.Equity, funds.Margin, funds.FrozenMargin, funds.FrozenFees, funds.Available, funds.RiskRatio);
}

public sealed record EquityAnswer(Guid AccountId, DateTimeOffset At, string Currency, FundsAnswer Funds)
{
    public static EquityAnswer Of(EquityPoint point) =>
        new(point.Funds.AccountId.Value, point.At, point.Funds.Currency.Code, FundsAnswer.Of(point.Funds));
}

/// <param name="Amount">Positive: deposit; negative: withdrawal.</param>
public sealed record CashFlowAnswer(Guid Id, Guid AccountId, decimal Amount, string Currency, DateOnly TradingDay, DateTimeOffset OccurredAt, string? Note)
{
    public static CashFlowAnswer Of(CashFlow flow) =>
        new(flow.Id, flow.AccountId.Value, flow.Amount.Amount, flow.Amount.Currency.Code, flow.TradingDay, flow.OccurredAt, flow.Note);
}

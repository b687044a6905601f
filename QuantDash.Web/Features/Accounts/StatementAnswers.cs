using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Core.Statements;

namespace QuantDash.Web.Features.Accounts;

/// <param name="Text">What the statement says; in place of content.</param>
/// <param name="Content">The file in base64, UTF-8 or GBK.</param>
public sealed record StatementBody(string AccountId, string? Text = null, string? Content = null, string? FileName = null);

/// <summary>A statement that was imported.</summary>
public sealed record StatementAnswer(Guid Id, Guid AccountId, DateOnly TradingDay, StatementKind Kind, string? FileName, DateTimeOffset ImportedAt, string ImportedBy)
{
    public static StatementAnswer Of(KeptStatement kept) => new(kept.Id, kept.AccountId.Value, kept.TradingDay, kept.Kind, kept.FileName, kept.ImportedAt, kept.ImportedBy);
}

/// <param name="Settled">Whether the day is settled in our books; if not, they are counted at the last prices.</param>
/// <param name="Unexplained">How many lines differ for no known reason.</param>
/// <param name="TradesAgreed">Trades that differ in nothing; they are not among the lines.</param>
/// <param name="PositionsAgreed">Legs that differ in nothing.</param>
public sealed record StatementReportAnswer(StatementAnswer Statement, bool Settled, int Unexplained, int Explained, int TradesAgreed, int PositionsAgreed, IReadOnlyList<DifferenceAnswer> Lines)
{
    public static StatementReportAnswer Of(KeptStatement kept, StatementReport report) => new(
        StatementAnswer.Of(kept), report.Settled, report.Unexplained, report.Explained, report.TradesAgreed, report.PositionsAgreed, [.. report.Lines.Select(DifferenceAnswer.Of)]);
}

/// <param name="Field">Of the funds: start, cash_flow, closed_pnl, open_pnl, fees, other, end, equity, margin, available, risk_ratio; elsewhere missing_here, missing_there, unknown_here (what we held that day was not kept), or what differs.</param>
/// <param name="Subject">The trade's number, or the leg.</param>
/// <param name="Reason">Null where it agrees, and where nothing explains it.</param>
public sealed record DifferenceAnswer(
    DifferencePart Part, string Field, string? Symbol, string? Subject, decimal? Broker, decimal? Ours, decimal? Difference, bool Agrees, DifferenceReason? Reason, string? Detail)
{
    public static DifferenceAnswer Of(StatementDifference line) => new(
        line.Part, line.Field, line.Symbol?.ToString(), line.Subject, line.Broker, line.Ours, line.Difference, line.Agrees, line.Reason, line.Detail);
}

/// <summary>A trading day in our books.</summary>
/// <param name="Funds">Null when our books know nothing of that day.</param>
/// <param name="Positions">Null when what was held was not kept.</param>
public sealed record OwnStatementAnswer(
    Guid AccountId, DateOnly TradingDay, string Currency, bool Settled, FundsAnswer? Funds, IReadOnlyList<SettledPositionAnswer>? Positions, IReadOnlyList<SettledTradeAnswer> Trades)
{
    public static OwnStatementAnswer Of(Account account, DateOnly day, OurDay ours) => new(
        account.Id.Value, day, account.Currency.Code, ours.Settled, ours.Funds is { } funds ? FundsAnswer.Of(funds) : null, ours.Positions is { } held ? [.. held.Select(SettledPositionAnswer.Of)] : null,
        [.. ours.Trades.Select(SettledTradeAnswer.Of)]);
}

/// <param name="TodayVolume">Opened on that day.</param>
/// <param name="AverageBasis">持仓均价: what holding_pnl is counted from.</param>
/// <param name="Margin">Of the leg alone.</param>
public sealed record SettledPositionAnswer(
    string Symbol, Side Direction, decimal Volume, decimal TodayVolume, decimal? AverageOpenPrice, decimal? AverageBasis, decimal? SettlementPrice, decimal? FloatingPnl, decimal? HoldingPnl, decimal Margin)
{
    public static SettledPositionAnswer Of(SettledPosition p) => new(
        p.Symbol.ToString(), p.Side, p.Volume.Value, p.TodayVolume.Value, p.AverageOpenPrice, p.AverageBasis, p.SettlementPrice, p.FloatingPnl, p.HoldingPnl, p.Margin);
}

public sealed record SettledTradeAnswer(string TradeId, string Symbol, OrderSide Side, Offset Offset, decimal Price, decimal Volume, decimal Fee, decimal? RealisedPnl, decimal? ClosePnl, DateTimeOffset TradeTime)
{
    public static SettledTradeAnswer Of(Trade trade) => new(
        trade.Fill.TradeId, trade.Fill.Symbol.ToString(), trade.Fill.Side, trade.Fill.Offset, trade.Fill.Price.Value, trade.Fill.Volume.Value, trade.Accounting.Fee, trade.Accounting.RealisedPnl, trade.Accounting.ClosePnl,
        trade.Fill.OccurredAt);
}

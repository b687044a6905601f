using QuantDash.Core.Positions;

namespace QuantDash.Core.Performance;

/// <summary>What one trading day brought an account (逐日): equity it began with (昨结权益), cash that came or went, equity it ended with.</summary>
/// <param name="Settled">By a settlement; false: as last recorded, the day may go on.</param>
public sealed record DailyResult(DateOnly Day, decimal StartEquity, decimal NetCashFlow, decimal EndEquity, decimal Fees, bool Settled)
{
    /// <summary>After fees, before cash flow.</summary>
    public decimal Pnl => EndEquity - StartEquity - NetCashFlow;

    /// <summary>P&amp;L over what could be lost: the equity the day began with and what was paid in; what was taken out was at risk until then. Null without any.</summary>
    public decimal? Return => StartEquity + Math.Max(NetCashFlow, 0) is var basis and > 0 ? Pnl / basis : null;

    /// <summary>Null when the equity was unknown.</summary>
    public static DailyResult? Of(DateOnly day, Funds funds, bool settled) =>
        funds.Equity is { } equity ? new(day, funds.StaticEquity, funds.CashFlowToday, equity, funds.FeesToday, settled) : null;
}

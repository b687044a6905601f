using QuantDash.Core.Primitives;

namespace QuantDash.Core.Statements;

/// <summary>How a broker's statement counts (DOMAIN.md 2.4).</summary>
public enum StatementKind
{
    /// <summary>逐日盯市: against the previous settlement.</summary>
    ByDay,

    /// <summary>逐笔对冲: against the open price.</summary>
    ByTrade,

    /// <summary>A list of trades, without funds and positions.</summary>
    Trades,
}

/// <summary>One trading day as the broker settled it (结算单).</summary>
public sealed record BrokerStatement
{
    public required StatementKind Kind { get; init; }
    public required DateOnly TradingDay { get; init; }

    /// <summary>客户号; null when it does not say.</summary>
    public string? Client { get; init; }

    /// <summary>Null when it does not say.</summary>
    public Currency? Currency { get; init; }

    /// <summary>资金状况; null in a list of trades.</summary>
    public StatementFunds? Funds { get; init; }

    /// <summary>成交记录: one a trade, also where the broker splits its lines.</summary>
    public IReadOnlyList<StatementTrade> Trades { get; init; } = [];

    /// <summary>平仓明细 added up by contract; null when it has no such part.</summary>
    public IReadOnlyDictionary<Symbol, decimal>? ClosedPnl { get; init; }

    /// <summary>持仓明细 or 持仓汇总; null in a list of trades.</summary>
    public IReadOnlyList<StatementPosition>? Positions { get; init; }
}

/// <summary>资金状况.</summary>
/// <param name="Start">期初结存.</param>
/// <param name="CashFlow">出入金.</param>
/// <param name="ClosedPnl">平仓盈亏.</param>
/// <param name="OpenPnl">持仓盯市盈亏, or 浮动盈亏 in the 逐笔 form.</param>
/// <param name="Fees">手续费.</param>
/// <param name="Other">Options, exercise and delivery: what it adds beside those.</param>
/// <param name="End">期末结存.</param>
/// <param name="Equity">客户权益.</param>
/// <param name="Margin">保证金占用.</param>
/// <param name="Available">可用资金.</param>
/// <param name="RiskRatio">风险度 as a ratio.</param>
public sealed record StatementFunds(
    decimal Start, decimal CashFlow, decimal ClosedPnl, decimal OpenPnl, decimal Fees, decimal Other, decimal End, decimal Equity, decimal Margin, decimal Available, decimal RiskRatio);

/// <param name="Pnl">平仓盈亏 as the statement counts it; null where it does not say.</param>
public sealed record StatementTrade(string TradeId, Symbol Symbol, OrderSide Side, bool Opens, decimal Price, decimal Volume, decimal? Fee, decimal? Pnl);

/// <summary>A leg at the end of the day.</summary>
/// <param name="AveragePrice">开仓均价, in some summaries of the 逐日 form the average basis.</param>
/// <param name="Pnl">盯市盈亏 or 浮动盈亏; null where it is told for both sides together.</param>
/// <param name="Margin">Null where it is told for both sides together.</param>
public sealed record StatementPosition(Symbol Symbol, Side Side, decimal Volume, decimal AveragePrice, decimal? SettlementPrice, decimal? Pnl, decimal? Margin);

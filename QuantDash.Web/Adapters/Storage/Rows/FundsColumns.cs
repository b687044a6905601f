using QuantDash.Core.Positions;

namespace QuantDash.Web.Adapters.Storage.Rows;

/// <summary>Funds as columns of their own: shared by <c>equity_points</c> and <c>settlements</c>.</summary>
internal abstract class FundsColumns
{
    public Guid AccountId { get; set; }
    public string Currency { get; set; } = "";
    public decimal Deposits { get; set; }
    public decimal RealisedPnl { get; set; }
    public decimal Fees { get; set; }
    public decimal? FloatingPnl { get; set; }
    public decimal StaticEquity { get; set; }
    public decimal ClosePnlToday { get; set; }
    public decimal? HoldingPnl { get; set; }
    public decimal FeesToday { get; set; }
    public decimal CashFlowToday { get; set; }
    public decimal? Equity { get; set; }
    public decimal Margin { get; set; }
    public decimal FrozenMargin { get; set; }
    public decimal FrozenFees { get; set; }
    public decimal? Available { get; set; }
    public decimal? RiskRatio { get; set; }

    protected void Take(Funds funds)
    {
        AccountId = funds.AccountId.Value;
        Currency = funds.Currency.Code;
        Deposits = funds.Deposits;
        RealisedPnl = funds.RealisedPnl;
        Fees = funds.Fees;
        FloatingPnl = funds.FloatingPnl;
        StaticEquity = funds.StaticEquity;
        ClosePnlToday = funds.ClosePnlToday;
        HoldingPnl = funds.HoldingPnl;
        FeesToday = funds.FeesToday;
        CashFlowToday = funds.CashFlowToday;
        Equity = funds.Equity;
        Margin = funds.Margin;
        FrozenMargin = funds.FrozenMargin;
        FrozenFees = funds.FrozenFees;
        Available = funds.Available;
        RiskRatio = funds.RiskRatio;
    }

    protected Funds ToFunds(DateOnly? tradingDay) => new()
    {
        AccountId = new(AccountId),
        Currency = new(Currency),
        TradingDay = tradingDay,
        Deposits = Deposits,
        RealisedPnl = RealisedPnl,
        Fees = Fees,
        FloatingPnl = FloatingPnl,
        StaticEquity = StaticEquity,
        ClosePnlToday = ClosePnlToday,
        HoldingPnl = HoldingPnl,
        FeesToday = FeesToday,
        CashFlowToday = CashFlowToday,
        Equity = Equity,
        Margin = Margin,
        FrozenMargin = FrozenMargin,
        FrozenFees = FrozenFees,
        Available = Available,
        RiskRatio = RiskRatio,
    };
}

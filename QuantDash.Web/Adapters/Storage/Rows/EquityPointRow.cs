using QuantDash.Core.Positions;

namespace QuantDash.Web.Adapters.Storage.Rows;

/// <summary>Table <c>equity_points</c>.</summary>
internal sealed class EquityPointRow : FundsColumns
{
    public DateTimeOffset At { get; set; }
    public DateOnly? TradingDay { get; set; }

    public static EquityPointRow From(DateTimeOffset at, Funds funds)
    {
        var row = new EquityPointRow { At = at, TradingDay = funds.TradingDay };
        row.Take(funds);
        return row;
    }

    public EquityPoint ToPoint() => new(At, ToFunds(TradingDay));
}

using QuantDash.Core.Positions;

namespace QuantDash.Web.Adapters.Storage.Rows;

/// <summary>Table <c>settlements</c>.</summary>
internal sealed class SettlementRow : FundsColumns
{
    public DateOnly TradingDay { get; set; }
    public DateTimeOffset SettledAt { get; set; }

    public static SettlementRow From(AccountSettlement settlement)
    {
        var row = new SettlementRow { TradingDay = settlement.TradingDay, SettledAt = settlement.SettledAt };
        row.Take(settlement.Funds);
        return row;
    }

    public AccountSettlement ToSettlement() => new()
    {
        AccountId = new(AccountId),
        TradingDay = TradingDay,
        SettledAt = SettledAt,
        Funds = ToFunds(TradingDay),
    };
}

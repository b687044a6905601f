using QuantDash.Core.Positions;

namespace QuantDash.Web.Adapters.Storage.Rows;

/// <summary>Table <c>settlements</c>.</summary>
internal sealed class SettlementRow : FundsColumns
{
    public DateOnly TradingDay { get; set; }
    public DateTimeOffset SettledAt { get; set; }

    /// <summary>What was held, as JSON; null for a day of an older version.</summary>
    public string? Positions { get; set; }

    public static SettlementRow From(AccountSettlement settlement)
    {
        var row = new SettlementRow { TradingDay = settlement.TradingDay, SettledAt = settlement.SettledAt, Positions = SettledPositionsColumn.Write(settlement.Positions) };
        row.Take(settlement.Funds);
        return row;
    }

    public AccountSettlement ToSettlement() => new()
    {
        AccountId = new(AccountId),
        TradingDay = TradingDay,
        SettledAt = SettledAt,
        Funds = ToFunds(TradingDay),
        Positions = SettledPositionsColumn.Read(Positions),
    };
}

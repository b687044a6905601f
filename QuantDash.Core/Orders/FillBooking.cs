using QuantDash.Core.Instruments;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Orders;

/// <summary>How fills and orders touch an account's books, which know lots and not orders.</summary>
public static class FillBooking
{
    /// <inheritdoc cref="AccountLedger.Book"/>
    public static FillBooked Book(
        this AccountLedger ledger, Fill fill, Contract contract, ContractTerms terms, bool includeLocked = false, IReadOnlyList<LotBinding>? first = null) =>
        ledger.Book(TradeOf(fill, terms), contract, terms, includeLocked, first);

    /// <summary>Holds back what a venue freezes for the order. <paramref name="market"/> stands in for the price of a market order (default: the latest price).</summary>
    public static void Freeze(this AccountLedger ledger, Order order, Contract contract, ContractTerms terms, Price? market = null)
    {
        if ((order.LimitPrice ?? market ?? ledger.MarkOf(order.Symbol)) is not { } price) return;
        var (margin, fee) = FreezePerUnit(order.LegSide, order.Offset, contract, terms, price);
        ledger.Freeze(order.Id.Value, order.Remaining, margin, fee);
    }

    /// <summary>What a venue freezes per unit of volume: the full margin of the leg the order opens, before any single-side relief, and the fee (CTP: a pending
    /// close freezes at the close fee, the trade is charged as it turns out).</summary>
    public static (decimal Margin, decimal Fee) FreezePerUnit(Side legSide, Offset offset, Contract contract, ContractTerms terms, Price price)
    {
        var rate = (legSide == Side.Long ? terms.LongMargin : terms.ShortMargin).Value;
        var margin = offset == Offset.Open ? contract.NotionalOf(price, new(1m)).Amount * rate : 0m;
        var fee = offset switch
        {
            Offset.Open => terms.Fees.Open,
            Offset.CloseToday => terms.Fees.CloseToday,
            Offset.Close or Offset.CloseYesterday => terms.Fees.Close,
        };
        return (margin, TradeFees.PerUnit(fee, contract, price));
    }

    public static void Release(this AccountLedger ledger, ClientOrderId order) => ledger.Release(order.Value);

    private static LegTrade TradeOf(Fill fill, ContractTerms terms) => new()
    {
        Side = fill.LegSide,
        Opens = fill.Offset == Offset.Open,
        Takes = OffsetPlanner.Takes(fill.Offset, terms),
        Price = fill.Price,
        Volume = fill.Volume,
        AsMaker = fill.IsMaker,
        TradingDay = fill.TradingDay,
        OccurredAt = fill.OccurredAt,
        LotId = LotIds.From($"{fill.AccountId}|{fill.Symbol}|{fill.TradingDay:yyyyMMdd}|{fill.Side}|{fill.TradeId}"),
        OrderId = fill.OrderId?.Value,
    };
}

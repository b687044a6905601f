using QuantDash.Core.Instruments;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Core.Statements;
using QuantDash.Tests.Core.Positions;
using static QuantDash.Tests.Core.Positions.PositionSamples;

namespace QuantDash.Tests.Core.Statements;

/// <summary>The day of <see cref="StatementTests"/> (SimNow, 2023-02-15) as our books have it, and as a counter prints it in both forms.</summary>
internal static class StatementSamples
{
    public static readonly ContractCatalog Catalog = ContractCatalog.FromReferenceData(TradingCalendar.FromReferenceData());

    public const string ByDay = """
                                                       某某期货有限公司
                                                       制表时间 Creation Date：20230215
        ----------------------------------------------------------------------------------------------------
                                     交易结算单(盯市) Settlement Statement(MTM)
        客户号 Client ID：  880001          客户名称 Client Name：张三
        日期 Date：20230215

        尊敬的客户：如有疑问，请在下一交易日开市前与我们联系。

                       资金状况  币种：人民币  Account Summary  Currency：CNY
        ----------------------------------------------------------------------------------------------------
        期初结存 Balance b/f：                        0.00  基础保证金 Initial Margin：                0.00
        出 入 金 Deposit/Withdrawal：         10,000,000.00  期末结存 Balance c/f：            9998858.59
        平仓盈亏 Realized P/L：                     240.00  质 押 金 Pledge Amount：                   0.00
        持仓盯市盈亏 MTM P/L：                    -1370.00  客户权益 Client Equity：：         9998858.59
        期权执行盈亏 Exercise P/L：                   0.00  货币质押保证金占用 FX Pledge Occ.：        0.00
        手 续 费 Commission：                        11.41  保证金占用 Margin Occupied：         172043.20
        行权手续费 Exercise Fee：                     0.00  交割保证金 Delivery Margin：               0.00
        交割手续费 Delivery Fee：                     0.00  可用资金 Fund Avail.：              9826815.39
        权利金收入 Premium received：                 0.00  风 险 度 Risk Degree：                   1.72%
        权利金支出 Premium paid：                     0.00  应追加资金 Margin Call：                   0.00
        货币质押变化金额 Chg in FX Pledge:            0.00

                                                      成交记录 Transaction Record
        ----------------------------------------------------------------------------------------------------
        |成交日期| 交易所 |   品种   |   合约   |买/卖|   投/保    |  成交价  | 手数 |   成交额   | 开平 | 手续费 | 平仓盈亏 | 权利金收支 | 成交序号 |
        |  Date  |Exchange|  Product |Instrument| B/S |    S/H     |   Price  | Lots |  Turnover  | O/C  |  Fee   |Realized P/L|Premium   |Trans.No. |
        ----------------------------------------------------------------------------------------------------
        |20230215|上期所  |白银      |ag2306    | 买  |投          |  4942.000|     4|   296520.00| 开   |    2.97|      0.00|        0.00|        T1|
        |20230215|上期所  |白银      |ag2306    | 买  |投          |  4927.000|     4|   295620.00| 开   |    2.96|      0.00|        0.00|        T2|
        |20230215|上期所  |白银      |ag2306    |   卖|投          |  4927.000|     2|   147810.00| 开   |    1.48|      0.00|        0.00|        T3|
        |20230215|上期所  |黄金      |au2308    |   卖|投          |   413.100|     2|   826200.00| 开   |    4.00|      0.00|        0.00|        T4|
        |20230215|上期所  |白银      |ag2306    |   卖|投          |  4946.000|     1|    74190.00| 平今 |    0.00|     60.00|        0.00|        T5|
        |20230215|上期所  |白银      |ag2306    |   卖|投          |  4946.000|     3|   222570.00| 平今 |    0.00|    180.00|        0.00|        T5|
        ----------------------------------------------------------------------------------------------------
        |共   6条|        |          |          |     |            |          |    16|  1862910.00|      |   11.41|    240.00|        0.00|          |
        ----------------------------------------------------------------------------------------------------
        能源中心---INE  上期所---SHFE   中金所---CFFEX  大商所---DCE   郑商所---CZCE
        买---Buy   卖---Sell

                                                      平仓明细 Position Closed
        ----------------------------------------------------------------------------------------------------
        | 平仓日期 | 交易所 |   品种   |   合约   |开仓日期 |买/卖|   手数   | 开仓价 |  昨结算  |  成交价  | 平仓盈亏 | 权利金收支 |
        |Close Date|Exchange|  Product |Instrument|Open Date| B/S |   Lots   |  Open  |Prev. Sttl|  Price   |Realized P/L|Premium |
        ----------------------------------------------------------------------------------------------------
        |20230215  |上期所  |白银      |ag2306    |20230215 |   卖|         4|4942.000|  4930.000|  4946.000|    240.00|        0.00|
        ----------------------------------------------------------------------------------------------------
        |共   1条  |        |          |          |         |     |         4|        |          |          |    240.00|        0.00|
        ----------------------------------------------------------------------------------------------------

                                                      持仓明细 Positions Detail
        ----------------------------------------------------------------------------------------------------
        | 交易所 |   品种   |   合约   |开仓日期 |   投/保    |买/卖|持仓量 | 开仓价 |  昨结算  |  结算价  | 浮动盈亏 | 盯市盈亏 |  保证金  | 期权市值 |
        |Exchange|  Product |Instrument|Open Date|    S/H     | B/S |Positon|  Open  |Prev. Sttl|Settlement|Accum. P/L|  MTM P/L |  Margin  |  Value   |
        ----------------------------------------------------------------------------------------------------
        |上期所  |白银      |ag2306    |20230215 |投          | 买  |      4|4927.000|  4930.000|  4928.000|     60.00|     60.00|  56179.20|      0.00|
        |上期所  |白银      |ag2306    |20230215 |投          |   卖|      2|4927.000|  4930.000|  4928.000|    -30.00|    -30.00|  28089.60|      0.00|
        |上期所  |黄金      |au2308    |20230215 |投          |   卖|      2| 413.100|   413.500|   413.800|  -1400.00|  -1400.00| 115864.00|      0.00|
        ----------------------------------------------------------------------------------------------------
        |共   3条|          |          |         |            |     |      8|        |          |          |  -1370.00|  -1370.00| 200132.80|      0.00|
        ----------------------------------------------------------------------------------------------------

                                                      持仓汇总 Positions
        ----------------------------------------------------------------------------------------------------
        |   品种   |   合约   | 买持 | 买均价 | 卖持 | 卖均价 |  昨结算  |  今结算  |持仓盯市盈亏| 保证金占用 |   投/保    |
        |  Product |Instrument| Long |  Avg   | Short|  Avg   |Prev. Sttl|Sttl Today|   MTM P/L  |   Margin   |    S/H     |
        ----------------------------------------------------------------------------------------------------
        |白银      |ag2306    |     4|4927.000|     2|4927.000|  4930.000|  4928.000|       30.00|    56179.20|投          |
        |黄金      |au2308    |     0|   0.000|     2| 413.100|   413.500|   413.800|    -1400.00|   115864.00|投          |
        ----------------------------------------------------------------------------------------------------
        |共   2条  |          |     4|        |     4|        |          |          |    -1370.00|   172043.20|            |
        ----------------------------------------------------------------------------------------------------
        """;

    /// <summary>The same day 逐笔: what was closed at its own open price stands in the balance, what is open beside it.</summary>
    public static string ByTrade => ByDay
        .Replace("交易结算单(盯市) Settlement Statement(MTM)", "交易结算单(逐笔对冲)", StringComparison.Ordinal)
        .Replace("持仓盯市盈亏 MTM P/L：", "浮动盈亏 Floating P/L：", StringComparison.Ordinal)
        .Replace("期末结存 Balance c/f：            9998858.59", "期末结存 Balance c/f：           10000228.59", StringComparison.Ordinal);

    public static BrokerStatement Read(string text)
    {
        var read = new StatementReader(Catalog).Read(text);
        read.Problems.ShouldBeEmpty();
        return read.Value;
    }

    /// <summary>Code and values of what is wrong with a text.</summary>
    public static IReadOnlyList<string> Wrong(string text) => [.. new StatementReader(Catalog).Read(text).Problems.Select(p => $"{p.Code} {string.Join(' ', p.Values.Select(v => v is IEnumerable<string> ? "…" : v))}".Trim())];

    /// <summary>The day in our books.</summary>
    /// <param name="change">Makes it differ.</param>
    public static OurDay Ours(Func<OurDay, OurDay>? change = null)
    {
        var (ag, au) = (Silver(), Gold());
        var books = new TestBooks(10_000_000m, ag, au);
        Trade[] trades =
        [
            Traded(books.Open(ag, Side.Long, 4, 4942), "T1", ag, OrderSide.Buy, Offset.Open, 4, 4942),
            Traded(books.Open(ag, Side.Long, 4, 4927), "T2", ag, OrderSide.Buy, Offset.Open, 4, 4927),
            Traded(books.Open(ag, Side.Short, 2, 4927), "T3", ag, OrderSide.Sell, Offset.Open, 2, 4927),
            Traded(books.Open(au, Side.Short, 2, 413.10m), "T4", au, OrderSide.Sell, Offset.Open, 2, 413.10m),
            Traded(books.Close(ag, Side.Long, 4, 4946, Offset.CloseToday), "T5", ag, OrderSide.Sell, Offset.CloseToday, 4, 4946),
        ];
        var settled = books.Settle((ag, 4928), (au, 413.80m));
        var day = new OurDay { Funds = settled.Funds, Settled = true, Positions = settled.Positions, Trades = trades };
        return change?.Invoke(day) ?? day;
    }

    private static Trade Traded(FillBooked booked, string id, Contract contract, OrderSide side, Offset offset, decimal volume, decimal price) => new(
        new()
        {
            TradeId = id, AccountId = PositionSamples.Account.Id, Symbol = contract.Symbol, TradingDay = Day, Side = side, Offset = offset, Price = new(price), Volume = new(volume), OccurredAt = Morning,
        },
        booked.Accounting);
}

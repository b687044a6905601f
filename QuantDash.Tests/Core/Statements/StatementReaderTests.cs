using System.Text;
using QuantDash.Core.Primitives;
using QuantDash.Core.Statements;
using static QuantDash.Tests.Core.Statements.StatementSamples;

namespace QuantDash.Tests.Core.Statements;

public sealed class StatementReaderTests
{
    [Fact]
    public void Statement_ByDay_IsReadWhole()
    {
        var statement = Read(ByDay);

        (statement.Kind, statement.TradingDay, statement.Client, statement.Currency).ShouldBe((StatementKind.ByDay, new DateOnly(2023, 2, 15), "880001", Currency.Cny));
        statement.Funds.ShouldBe(new(0, 10_000_000, 240, -1370, 11.41m, 0, 9_998_858.59m, 9_998_858.59m, 172_043.20m, 9_826_815.39m, 0.0172m));
        statement.Trades.Count.ShouldBe(5, "T5 stands on two lines");
        statement.Trades[4].ShouldBe(new("T5", Symbol.ParseCanonical("SHFE.ag2306"), OrderSide.Sell, Opens: false, 4946, 4, 0, 240));
        statement.ClosedPnl!.ShouldHaveSingleItem().ShouldBe(new(Symbol.ParseCanonical("SHFE.ag2306"), 240));
        statement.Positions!.Select(p => $"{p.Symbol} {p.Side} {p.Volume} @ {p.AveragePrice} -> {p.SettlementPrice} {p.Pnl} {p.Margin}").ShouldBe(
            ["SHFE.ag2306 Long 4 @ 4927.000 -> 4928.000 60.00 56179.20", "SHFE.ag2306 Short 2 @ 4927.000 -> 4928.000 -30.00 28089.60", "SHFE.au2308 Short 2 @ 413.100 -> 413.800 -1400.00 115864.00"]);
    }

    [Fact]
    public void Statement_ByTrade_HasFloatingPnlBesideItsBalance()
    {
        var statement = Read(ByTrade);
        (statement.Kind, statement.Funds!.OpenPnl, statement.Funds.End, statement.Funds.Equity).ShouldBe((StatementKind.ByTrade, -1370m, 10_000_228.59m, 9_998_858.59m));
    }

    [Fact]
    public void Statement_WithTheSummaryAlone_StillSaysWhatIsHeld()
    {
        var text = ByDay.Replace("持仓明细 Positions Detail", "交割明细 Delivery", StringComparison.Ordinal);
        Read(text).Positions!.Select(p => (p.Symbol.Code, p.Side, p.Volume, p.Pnl)).ShouldBe([("ag2306", Side.Long, 4, null), ("ag2306", Side.Short, 2, null), ("au2308", Side.Short, 2, null)]);
    }

    [Theory]
    [InlineData("gb18030")]
    [InlineData("utf-8")]
    public void File_InGbkOrUtf8_IsTheSameText(string encoding)
    {
        var bytes = encoding == "utf-8" ? Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(ByDay)).ToArray() : CodePagesEncodingProvider.Instance.GetEncoding(936)!.GetBytes(ByDay);
        StatementFile.Decode(bytes).Value.ShouldBe(ByDay);
    }

    [Fact]
    public void File_OfNoText_IsRefused()
    {
        StatementFile.Decode([0xFF, 0xFE, 0x00, 0x81, 0x20]).Problems.ShouldHaveSingleItem().Code.ShouldBe("statement_encoding");
        StatementFile.Decode("a\0b"u8).Problems.ShouldHaveSingleItem().Code.ShouldBe("statement_encoding");
        StatementFile.Decode("  \n"u8).Problems.ShouldHaveSingleItem().Code.ShouldBe("file_empty");
    }

    [Theory]
    [InlineData("资金状况", "账户情况", "statement_unknown")]
    [InlineData("日期 Date：20230215", "日期 Date：20231315", "statement_no_day")]
    [InlineData("手 续 费 Commission：                        11.41", "手 续 费 Commission：                        11,4l", "statement_number 17 手续费 11,4l")]
    [InlineData("可用资金 Fund Avail.：", "可用的 Fund Avail.：", "statement_missing 10 可用资金")]
    [InlineData("1.72%", "1.72", "statement_number 20 风险度 1.72")]
    [InlineData("|20230215|上期所  |黄金      |au2308    |   卖|投          |   413.100|", "|20230215|上期所  |黄金      |xx9999    |   卖|投          |   413.100|", "statement_symbol 32 xx9999")]
    [InlineData("|20230215|上期所  |黄金      |au2308    |   卖|投          |   413.100|", "|20230215|上期所  |黄金      |au2308    |  沽 |投          |   413.100|", "statement_word 32 买卖 沽 …")]
    [InlineData("|     2|   826200.00|", "|    -2|   826200.00|", "statement_positive 32 手数 -2 | statement_sum 36 手数 16 12")]
    [InlineData("|共   6条|", "|共   7条|", "statement_count 36 7 6")]
    [InlineData("|    16|  1862910.00|", "|    17|  1862910.00|", "statement_sum 36 手数 17 16")]
    [InlineData("| 开平 | 手续费 |", "| 开平 | 费用 |", "statement_column 26 手续费")]
    [InlineData("|    4.00|      0.00|        0.00|        T4|", "|    4.00|      0.00|        T4|", "statement_cells 32 13 14 | statement_count 36 6 5 | statement_sum 36 手数 16 14 | statement_sum 36 手续费 11.41 7.41")]
    [InlineData("|白银      |ag2306    |     4|4927.000|     2|4927.000|", "|白银      |ag2306    |     5|4927.000|     2|4927.000|", "statement_sum 65 SHFE.ag2306 买持 5 4")]
    public void Statement_DamagedAnywhere_NamesLineAndField(string part, string damaged, string wrong)
    {
        ByDay.ShouldContain(part);
        string.Join(" | ", Wrong(ByDay.Replace(part, damaged, StringComparison.Ordinal))).ShouldBe(wrong);
    }

    [Fact]
    public void Trades_OfAList_AreReadWithOurOwnHeadingsOrTheCounters()
    {
        var reader = new StatementReader(Catalog);
        var ours = reader.ReadTrades([new(1, ["trade_id", "symbol", "side", "offset", "volume", "price", "commission", "trading_day"]), new(2, ["T1", "SHFE.ag2306", "buy", "open", "4", "4942", "2.97", "2023-02-15"])]).Value;
        var theirs = reader.ReadTrades([new(1, ["成交日期", "合约", "买/卖", "开平", "成交价", "手数", "手续费", "成交序号"]), new(2, ["20230215", "ag2306", "买", "开仓", "4942", "4", "2.97", "T1"])]).Value;
        (ours.Kind, ours.TradingDay).ShouldBe((StatementKind.Trades, new DateOnly(2023, 2, 15)));
        ours.Trades.ShouldBe(theirs.Trades);

        reader.ReadTrades([new(1, ["trade_id", "symbol", "side", "offset", "volume", "price", "trading_day"]), new(2, ["T1", "ag2306", "buy", "open", "4", "4942", "2023-02-15"]), new(3, ["T2", "ag2306", "buy", "open", "x", "4942", "2023-02-16"])])
            .Problems.Select(p => p.Code).ShouldBe(["statement_days", "statement_number"]);
    }
}

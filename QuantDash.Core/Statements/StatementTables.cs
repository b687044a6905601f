using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Statements;

/// <summary>What the tables of a statement say, their totals checked.</summary>
internal sealed class StatementTables(ContractCatalog catalog, DateOnly day, StatementKind kind, StatementProblems problems)
{
    private static readonly Dictionary<string, string> Exchanges = new(StringComparer.OrdinalIgnoreCase)
    {
        ["上期所"] = "SHFE", ["上海期货交易所"] = "SHFE", ["大商所"] = "DCE", ["大连商品交易所"] = "DCE", ["郑商所"] = "CZCE", ["郑州商品交易所"] = "CZCE", ["中金所"] = "CFFEX", ["中国金融期货交易所"] = "CFFEX",
        ["能源中心"] = "INE", ["上能所"] = "INE", ["上期能源"] = "INE", ["广期所"] = "GFEX", ["广州期货交易所"] = "GFEX", ["SHFE"] = "SHFE", ["DCE"] = "DCE", ["CZCE"] = "CZCE", ["CFFEX"] = "CFFEX", ["INE"] = "INE", ["GFEX"] = "GFEX",
    };

    private static readonly Dictionary<string, OrderSide> Sides = new(StringComparer.Ordinal) { ["买"] = OrderSide.Buy, ["卖"] = OrderSide.Sell, ["买入"] = OrderSide.Buy, ["卖出"] = OrderSide.Sell, ["buy"] = OrderSide.Buy, ["sell"] = OrderSide.Sell };

    private static readonly Dictionary<string, bool> Opens = new(StringComparer.Ordinal)
    {
        ["开"] = true, ["开仓"] = true, ["平"] = false, ["平仓"] = false, ["平今"] = false, ["平昨"] = false, ["强平"] = false, ["强减"] = false, ["本地强平"] = false, ["open"] = true, ["close"] = false, ["close_today"] = false,
        ["close_yesterday"] = false,
    };

    /// <summary>成交记录. A trade that the broker splits (平今 and 平昨) is one again.</summary>
    public IReadOnlyList<StatementTrade> Trades(StatementTable table)
    {
        var (exchange, contract, side, opens) = (table.Column(false, "交易所"), table.Column(true, "合约", "symbol"), table.Column(true, "买卖", "side"), table.Column(true, "开平", "offset"));
        var (price, volume, id) = (table.Column(true, "成交价", "price"), table.Column(true, "手数", "成交手数", "volume"), table.Column(true, "成交序号", "成交编号", "trade_id"));
        var (fee, pnl) = (table.Column(kind != StatementKind.Trades, "手续费", "commission", "fee"), table.Column(kind != StatementKind.Trades, "平仓盈亏"));
        if (contract < 0 || id < 0) return [];
        var lines = table.Rows.Select(row => (Row: row, Trade: new StatementTrade(
            TradeId(table, row, id), Contract(table, row, exchange, contract), table.Word(row, side, Sides), table.Word(row, opens, Opens), table.Positive(row, price), table.Positive(row, volume),
            table.NumberOrNone(row, fee), table.NumberOrNone(row, pnl)))).ToList();
        table.CheckSum(volume, lines.Sum(line => line.Trade.Volume));
        table.CheckSum(fee, lines.Sum(line => line.Trade.Fee ?? 0));
        table.CheckSum(pnl, lines.Sum(line => line.Trade.Pnl ?? 0));
        foreach (var same in lines.GroupBy(line => (line.Trade.Symbol, line.Trade.Side, line.Trade.TradeId)))
            if (same.Any(line => line.Trade.Price != same.First().Trade.Price || line.Trade.Opens != same.First().Trade.Opens)) problems.Add("statement_twice", same.Last().Row.Number, same.Key.TradeId);
        return [.. lines.Select(line => line.Trade).GroupBy(trade => (trade.Symbol, trade.Side, trade.TradeId)).Select(Whole)];
    }

    /// <summary>平仓明细 by contract.</summary>
    public IReadOnlyDictionary<Symbol, decimal> Closed(StatementTable table)
    {
        var (exchange, contract, volume, pnl) = (table.Column(false, "交易所"), table.Column(true, "合约"), table.Column(true, "手数"), table.Column(true, "平仓盈亏"));
        if (contract < 0 || pnl < 0) return new Dictionary<Symbol, decimal>();
        var lines = table.Rows.Select(row => (Symbol: Contract(table, row, exchange, contract), Volume: table.Positive(row, volume), Pnl: table.Number(row, pnl))).ToList();
        table.CheckSum(volume, lines.Sum(line => line.Volume));
        table.CheckSum(pnl, lines.Sum(line => line.Pnl));
        return lines.GroupBy(line => line.Symbol).ToDictionary(group => group.Key, group => group.Sum(line => line.Pnl));
    }

    /// <summary>From the details where there are any, else from the summary; where there are both they must agree.</summary>
    public IReadOnlyList<StatementPosition> Positions(StatementTable? details, StatementTable? summary)
    {
        var held = details is null ? null : Details(details);
        var sums = summary is null ? null : Summary(summary);
        if (held is null || sums is null) return held ?? sums ?? [];
        foreach (var leg in held.Select(p => (p.Symbol, p.Side)).Union(sums.Select(p => (p.Symbol, p.Side))))
        {
            var (one, other) = (VolumeIn(held, leg), VolumeIn(sums, leg));
            if (one != other) problems.Add("statement_sum", summary!.HeadingLine, $"{leg.Symbol} {(leg.Side == Side.Long ? "买持" : "卖持")}", other, one);
        }

        return held;
    }

    private List<StatementPosition> Details(StatementTable table)
    {
        var (exchange, contract, side, volume) = (table.Column(false, "交易所"), table.Column(true, "合约"), table.Column(true, "买卖"), table.Column(true, "持仓量", "手数"));
        var (open, settled, margin) = (table.Column(true, "开仓价"), table.Column(true, "结算价", "今结算"), table.Column(false, "保证金", "保证金占用"));
        var pnl = kind == StatementKind.ByDay ? table.Column(true, "盯市盈亏", "持仓盯市盈亏") : table.Column(true, "浮动盈亏");
        if (contract < 0 || volume < 0) return [];
        var lots = table.Rows.Select(row => new StatementPosition(
            Contract(table, row, exchange, contract), table.Word(row, side, Sides) == OrderSide.Buy ? Side.Long : Side.Short, table.Positive(row, volume), table.Positive(row, open), table.NumberOrNone(row, settled),
            table.NumberOrNone(row, pnl), table.NumberOrNone(row, margin))).ToList();
        table.CheckSum(volume, lots.Sum(lot => lot.Volume));
        return [.. lots.Where(lot => lot.Volume > 0).GroupBy(lot => (lot.Symbol, lot.Side)).Select(leg => leg.First() with
        {
            Volume = leg.Sum(lot => lot.Volume),
            AveragePrice = leg.Sum(lot => lot.AveragePrice * lot.Volume) / leg.Sum(lot => lot.Volume),
            Pnl = leg.All(lot => lot.Pnl is not null) ? leg.Sum(lot => lot.Pnl) : null,
            Margin = leg.All(lot => lot.Margin is not null) ? leg.Sum(lot => lot.Margin) : null,
        })];
    }

    private List<StatementPosition> Summary(StatementTable table)
    {
        var (contract, settled) = (table.Column(true, "合约"), table.Column(true, "今结算", "结算价"));
        (Side Side, int Volume, int Price)[] legs = [(Side.Long, table.Column(true, "买持"), table.Column(true, "买均价")), (Side.Short, table.Column(true, "卖持"), table.Column(true, "卖均价"))];
        if (contract < 0) return [];
        var held = new List<StatementPosition>();
        foreach (var row in table.Rows)
        {
            var symbol = Contract(table, row, -1, contract);
            foreach (var (side, volume, price) in legs)
                if (table.Number(row, volume) is > 0 and var lots) held.Add(new(symbol, side, lots, table.Positive(row, price), table.NumberOrNone(row, settled), null, null));
        }

        return held;
    }

    private Symbol Contract(StatementTable table, StatementRow row, int exchange, int contract)
    {
        var text = table.Text(row, contract);
        var market = exchange < 0 ? null : table.Word(row, exchange, Exchanges);
        var found = catalog.Resolve(market is null || text.Contains('.', StringComparison.Ordinal) ? text : $"{market}.{text}", day);
        if (found.Succeeded) return found.Value.Symbol;
        problems.Add("statement_symbol", row.Number, text);
        return default;
    }

    private string TradeId(StatementTable table, StatementRow row, int column)
    {
        var id = table.Text(row, column);
        if (id.Length is 0 or > 64) problems.Add("statement_trade_id", row.Number, id);
        return id;
    }

    private static decimal VolumeIn(IEnumerable<StatementPosition> held, (Symbol Symbol, Side Side) leg) => held.Where(p => p.Symbol == leg.Symbol && p.Side == leg.Side).Sum(p => p.Volume);

    private static StatementTrade Whole(IGrouping<(Symbol, OrderSide, string), StatementTrade> lines) => lines.First() with
    {
        Volume = lines.Sum(line => line.Volume),
        Fee = lines.All(line => line.Fee is not null) ? lines.Sum(line => line.Fee) : null,
        Pnl = lines.All(line => line.Pnl is not null) ? lines.Sum(line => line.Pnl) : null,
    };
}

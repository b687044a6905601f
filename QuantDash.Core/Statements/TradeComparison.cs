using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Statements;

/// <summary>Trades by their number; one that has no counterpart there by contract, side, price and volume.</summary>
internal sealed class TradeComparison
{
    private readonly StatementKind _kind;
    private readonly List<StatementDifference> _lines = [];
    private readonly Dictionary<Symbol, decimal> _pnl = [];

    public TradeComparison(BrokerStatement statement, OurDay ours)
    {
        _kind = statement.Kind;
        OurClosedPnl = ours.Trades.Where(t => t.Fill.Offset != Offset.Open).GroupBy(t => t.Fill.Symbol).ToDictionary(g => g.Key, g => g.Aggregate((decimal?)0m, (sum, t) => sum + PnlOf(t)));
        var left = ours.Trades.GroupBy(t => (t.Fill.Symbol, t.Fill.Side, Number(t.Fill.TradeId))).ToDictionary(g => g.Key, g => new Queue<Trade>(g));
        var unmatched = new List<StatementTrade>();
        foreach (var trade in statement.Trades)
        {
            if (left.GetValueOrDefault((trade.Symbol, trade.Side, Number(trade.TradeId))) is { Count: > 0 } same) Pair(trade, same.Dequeue(), otherId: false);
            else unmatched.Add(trade);
        }

        MatchByContent(unmatched, [.. left.Values.SelectMany(queue => queue).OrderBy(t => t.Fill.OccurredAt).ThenBy(t => t.Fill.TradeId, StringComparer.Ordinal)]);
    }

    public IReadOnlyList<StatementDifference> Lines => _lines;
    public int Agreed { get; private set; }

    /// <summary>The broker's fees less ours, over the trades.</summary>
    public decimal FeeDifference { get; private set; }

    /// <summary>The same of 平仓盈亏; null when one of them is unknown.</summary>
    public decimal? PnlDifference { get; private set; } = 0m;

    /// <summary>As the statement counts it; a null value: unknown.</summary>
    public IReadOnlyDictionary<Symbol, decimal?> OurClosedPnl { get; }

    public decimal PnlDifferenceOf(Symbol symbol) => _pnl.GetValueOrDefault(symbol);

    private decimal? PnlOf(Trade trade) => _kind == StatementKind.ByTrade ? trade.Accounting.RealisedPnl : trade.Accounting.ClosePnl;

    private void MatchByContent(List<StatementTrade> theirs, List<Trade> ours)
    {
        foreach (var trade in theirs)
        {
            var same = ours.FindIndex(t => t.Fill.Symbol == trade.Symbol && t.Fill.Side == trade.Side && (t.Fill.Offset == Offset.Open) == trade.Opens && t.Fill.Price.Value == trade.Price && t.Fill.Volume.Value == trade.Volume);
            if (same >= 0)
            {
                Pair(trade, ours[same], otherId: true);
                ours.RemoveAt(same);
                continue;
            }

            Book(trade.Symbol, trade.Fee ?? 0, trade.Opens ? 0 : trade.Pnl);
            Add("missing_here", trade, trade.Volume, null);
        }

        foreach (var trade in ours)
        {
            Book(trade.Fill.Symbol, -trade.Accounting.Fee, trade.Fill.Offset == Offset.Open ? 0 : -PnlOf(trade));
            _lines.Add(new() { Part = DifferencePart.Trade, Field = "missing_there", Symbol = trade.Fill.Symbol, Subject = trade.Fill.TradeId, Ours = trade.Fill.Volume.Value, Detail = Words(trade.Fill.Side, trade.Fill.Price.Value) });
        }
    }

    private void Pair(StatementTrade trade, Trade ours, bool otherId)
    {
        var before = _lines.Count;
        if (otherId) Add("trade_id", trade, null, null, DifferenceReason.OtherTradeId, ours.Fill.TradeId);
        if (trade.Price != ours.Fill.Price.Value) Add("price", trade, trade.Price, ours.Fill.Price.Value);
        if (trade.Volume != ours.Fill.Volume.Value) Add("volume", trade, trade.Volume, ours.Fill.Volume.Value);
        if (trade.Opens != (ours.Fill.Offset == Offset.Open)) Add("offset", trade, null, null, detail: trade.Opens ? "open" : "close");
        if (trade.Fee is { } fee && fee != ours.Accounting.Fee) Add("fee", trade, fee, ours.Accounting.Fee, Differing.IsRounding(fee - ours.Accounting.Fee) ? DifferenceReason.Rounding : null);
        ComparePnl(trade, ours);
        Book(trade.Symbol, (trade.Fee ?? ours.Accounting.Fee) - ours.Accounting.Fee, trade.Opens || trade.Pnl is null ? 0 : trade.Pnl - PnlOf(ours));
        if (_lines.Count == before) Agreed++;
    }

    private void ComparePnl(StatementTrade trade, Trade ours)
    {
        if (trade.Opens || trade.Pnl is not { } told) return;
        // A bare list does not say how it counts: either will do.
        if (_kind == StatementKind.Trades && (told == ours.Accounting.RealisedPnl || told == ours.Accounting.ClosePnl)) return;
        if (PnlOf(ours) != told) Add("pnl", trade, told, PnlOf(ours), Differing.IsRounding(told - PnlOf(ours)) ? DifferenceReason.Rounding : null);
    }

    private void Book(Symbol symbol, decimal fee, decimal? pnl)
    {
        FeeDifference += fee;
        PnlDifference += pnl;
        _pnl[symbol] = _pnl.GetValueOrDefault(symbol) + (pnl ?? 0);
    }

    private void Add(string field, StatementTrade trade, decimal? broker, decimal? ours, DifferenceReason? reason = null, string? detail = null) => _lines.Add(new()
    {
        Part = DifferencePart.Trade, Field = field, Symbol = trade.Symbol, Subject = trade.TradeId, Broker = broker, Ours = ours, Reason = reason, Detail = detail ?? Words(trade.Side, trade.Price),
    });

    private static string Words(OrderSide side, decimal price) => $"{(side == OrderSide.Buy ? "buy" : "sell")} @ {price.ToString("0.####", System.Globalization.CultureInfo.InvariantCulture)}";

    /// <summary>Counters print numbers with blanks or zeros before them.</summary>
    private static string Number(string id) => id.Trim().TrimStart('0');
}

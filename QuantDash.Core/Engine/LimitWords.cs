using System.Globalization;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>How a refusal by a limit is told and stored: which limit, what was asked and what is allowed.</summary>
internal static class LimitWords
{
    /// <summary>Stored with a trigger, in the wording of its other reasons.</summary>
    public static string Sentence(Problem problem) => $"{NameOf(problem.Code)}: {Text(problem, 0)}, 限额 {Text(problem, 1)}";

    public static bool IsLimit(Problem problem) => NameOf(problem.Code) != problem.Code;

    /// <summary>Writes it to the tape, and so into the audit.</summary>
    public static void Tell(ChangeLog changes, in PlannedTrade trade, Problem problem, DateTimeOffset now) => changes.Tell(
        now, TapeSeverity.Warning, "order.over_limit", new(trade.Account.Id, trade.Lane.Symbol),
        trade.Side == OrderSide.Buy ? "buy" : "sell", trade.Volume.ToString(), trade.Limit?.ToString() ?? "market", problem.Code, Text(problem, 0), Text(problem, 1));

    /// <summary>Of the limit that a problem's code stands for; another code stays as it is.</summary>
    public static string NameOf(string code) => code switch
    {
        "exceeds_order_volume" => "超过单笔手数限额",
        "exceeds_order_value" => "超过单笔金额限额",
        "exceeds_position" => "超过单合约持仓手数限额",
        "exceeds_position_value" => "超过单合约持仓金额限额",
        "exceeds_total_exposure" => "超过总敞口限额",
        "daily_loss_reached" => "已达当日亏损限额",
        "exceeds_daily_trades" => "超过当日开仓次数限额",
        "beyond_price_band" => "价格超出限价区间",
        "duplicate_order" => "重复委托",
        "exceeds_orders_per_second" => "超过每秒报单数限额",
        "exceeds_orders_per_minute" => "超过每分钟报单数限额",
        "limit_not_known" => "限额无法核算",
        _ => code,
    };

    private static string Text(Problem problem, int place) => problem.Values[place] switch
    {
        decimal number => number.ToString("0.########", CultureInfo.InvariantCulture),
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        var value => value?.ToString() ?? "",
    };
}

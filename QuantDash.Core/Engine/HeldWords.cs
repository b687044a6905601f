namespace QuantDash.Core.Engine;

/// <summary>The words in which a held order's end is stored and told; other readers get them in English.</summary>
public static class HeldWords
{
    public const string ByHand = "手动撤销";
    public const string ByEmergencyStop = "紧急停止";
    public const string TimeIsUp = "有效期已过";
    public const string DayIsOver = "交易日已结束";

    /// <summary>Why it placed nothing when its price was seen.</summary>
    /// <param name="code">Of the problem with which an order by hand is refused.</param>
    public static string FailedBecause(string code) => code switch
    {
        "not_enough_position" => "持仓不足",
        "trading_halted" => Locking.LockWords.TradingHalted,
        "off_tick" => "价格非最小变动价位的整数倍",
        "currency_differs" => "合约币种与账户币种不同",
        "order_too_large" => "超过交易所单笔最大报单数量",
        _ => LimitWords.NameOf(code),
    };
}

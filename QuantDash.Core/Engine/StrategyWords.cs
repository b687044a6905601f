using System.Globalization;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>The words in which the fate of a strategy and of its signals is stored; pages write it in the reader's language from the codes.</summary>
public static class StrategyWords
{
    public const string ByStrategy = "策略撤单";
    public const string ByStop = "策略停止";
    public const string ByPause = "策略暂停";
    public const string ByEmergencyStop = "紧急停止";
    public const string ByClosedAccount = "账户停用";
    public const string ByHand = "手动停止";
    public const string ByFlatten = "手动平仓";
    public const string ByRestart = "重启前未发出";
    public const string ByBreak = "策略出错";
    public const string ByNewCode = "策略代码已更新";
    public const string ByNewDay = "交易日已结束";
    public const string ByPriority = "让位于优先级更高的委托";
    public const string RestNotHeld = "其余部分没有持仓";

    /// <summary>What refused a signal, with its numbers.</summary>
    public static string Sentence(Problem problem) => LimitWords.IsLimit(problem) ? LimitWords.Sentence(problem) : $"{NameOf(problem.Code)}{Numbers(problem)}";

    /// <summary>Numbers and names as they are stored with a signal.</summary>
    public static IReadOnlyList<string> Values(Problem problem) => [.. problem.Values.Select(Text)];

    private static string Numbers(Problem problem) => problem.Values.Count == 0 ? "" : $": {string.Join(", ", Values(problem))}";

    private static string Text(object? value) => value switch
    {
        null => "",
        decimal number => number.ToString("0.########", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string NameOf(string code) => code switch
    {
        "strategy_warming_up" => "预热中",
        "strategy_paused" => "策略已暂停",
        "strategy_over" => "运行已结束",
        "strategy_out_of_hours" => "不在运行时段",
        "strategy_outweighed" => "相反信号让位于",
        "strategy_own_order_in_the_way" => "会与自己的委托对敲",
        "strategy_nothing_to_close" => "没有可平持仓",
        "strategy_offset_age" => "该批次持仓不足",
        "strategy_other_contract" => "策略不交易该合约",
        "not_a_volume" => "数量无效",
        "required" => "缺少价格",
        "not_enough_position" => "持仓不足",
        "trading_halted" => Locking.LockWords.TradingHalted,
        "off_tick" => "价格非最小变动价位的整数倍",
        _ => LimitWords.NameOf(code),
    };
}

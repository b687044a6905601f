namespace QuantDash.Core.Engine;

/// <summary>The words of an emergency stop that are stored and told; other readers get them in English.</summary>
public static class EmergencyWords
{
    public const string NoReason = "未注明原因";

    public static string Then(EmergencyThen then) => then switch
    {
        EmergencyThen.None => "持仓保留",
        EmergencyThen.LockAll => "全部锁仓",
        EmergencyThen.Flatten => "全部平仓",
    };

    /// <summary>Why a leg was left as it was.</summary>
    /// <param name="code">Of the step that could not be done, or of the problem that a desk answered.</param>
    public static string LeftBecause(string code) => code switch
    {
        "link_down" => "柜台未连接",
        "no_quote" => "没有行情",
        "session_closed" => "非交易时段",
        "order_in_the_way" => "自己的委托未结束",
        _ => code,
    };
}

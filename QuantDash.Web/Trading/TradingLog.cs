using QuantDash.Core.Engine;

namespace QuantDash.Web.Trading;

/// <summary>The trading thread's log lines. Those of the lock engine keep the wording of the seeds, because scripts search for it; at
/// their end stands the trigger, which is what the audit and the story of a firing are found by.</summary>
internal static partial class TradingLog
{
    public static void Event(ILogger log, TapeEvent item)
    {
        var symbol = item.Symbol?.ToString() ?? "";
        var values = item.Values;
        switch (item.Key)
        {
            case "lock.fired":
                Fired(log, symbol, values[0], values[1], item.SubjectId);
                break;
            case "lock.executing":
                Executing(log, symbol, values[0], values[1], item.SubjectId);
                break;
            case "lock.executed":
                Executed(log, symbol, values[0], values[1], values[2], item.SubjectId);
                break;
            case "lock.failed":
                Failed(log, symbol, values[0], values[1], item.SubjectId);
                break;
            default:
                if (item.SubjectId is { } subject) About(log, item.Number, item.Key, symbol, string.Join(' ', values), subject);
                else Other(log, item.Number, item.Key, symbol, string.Join(' ', values));
                break;
        }
    }

    [LoggerMessage(1, LogLevel.Information, "交易线程已恢复: {Rules} 条规则, {Triggers} 个未结触发, {Orders} 个未结订单")]
    public static partial void Recovered(ILogger log, int rules, int triggers, int orders);

    [LoggerMessage(2, LogLevel.Critical, "The engine met a broken invariant; it is rebuilt from the database.")]
    public static partial void Broke(ILogger log, Exception reason);

    [LoggerMessage(3, LogLevel.Information, "[触发锁仓] {Symbol} {Side} - {Condition} trigger={TriggerId}")]
    private static partial void Fired(ILogger log, string symbol, string side, string condition, Guid? triggerId);

    [LoggerMessage(4, LogLevel.Information, "[自动执行] 开始执行锁仓: {Symbol} {Side} {Volume}手 trigger={TriggerId}")]
    private static partial void Executing(ILogger log, string symbol, string side, string volume, Guid? triggerId);

    [LoggerMessage(5, LogLevel.Information, "[锁仓执行] 执行成功: {Symbol} {Side} {Volume}手, 锁定利润: {Profit}元 trigger={TriggerId}")]
    private static partial void Executed(ILogger log, string symbol, string side, string volume, string profit, Guid? triggerId);

    [LoggerMessage(6, LogLevel.Warning, "[锁仓执行] 执行失败: {Symbol} {Side}, {Problem} trigger={TriggerId}")]
    private static partial void Failed(ILogger log, string symbol, string side, string problem, Guid? triggerId);

    [LoggerMessage(7, LogLevel.Information, "{Number} {Key} {Symbol} {Values}")]
    private static partial void Other(ILogger log, long number, string key, string symbol, string values);

    [LoggerMessage(8, LogLevel.Information, "{Number} {Key} {Symbol} {Values} subject={SubjectId}")]
    private static partial void About(ILogger log, long number, string key, string symbol, string values, Guid subjectId);
}

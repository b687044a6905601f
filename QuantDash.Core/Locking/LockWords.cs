using System.Globalization;
using QuantDash.Core.Instruments;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Locking;

/// <summary>The lock engine's sentences in the wording of the seeds: they are stored with the trigger, searched for in SQL and written to the log.</summary>
public static class LockWords
{
    public const string NoLongerHolds = "未能发出期间条件已不成立";
    public const string TradingHalted = "紧急停止中, 不增加敞口";

    /// <summary>Why an unlock rule is switched off: what it was bound to is no lock any more.</summary>
    public const string LockGone = "所绑定的锁仓已解除, 解锁规则停用";
    public const string LockBroken = "所绑定的锁仓已失衡, 解锁规则停用";

    /// <summary>Why a rule is switched off with its account.</summary>
    public const string AccountClosed = "账户已关闭, 规则停用";

    /// <param name="stages">Stages of a ladder that fire together, from–to counted from 1; null when the condition has none.</param>
    /// <param name="heldMinutes">How long a threshold that decays has been doing so.</param>
    public static string Condition(LockRule rule, Firing firing, decimal? profit, Contract contract, (int From, int To)? stages = null, long heldMinutes = 0)
    {
        var threshold = stages is { } reached ? rule.Stages[reached.To - 1].Level : DecayingThreshold.Of(rule, heldMinutes);
        var price = Text(contract.PriceAt(firing.PriceTicks));
        var level = Text(stages is not null && firing.Kind == ConditionKind.Price ? new(threshold.GetValueOrDefault()) : contract.PriceAt(firing.LevelTicks));
        var isLong = rule.Direction == Side.Long;
        var sentence = firing.Kind switch
        {
            ConditionKind.Profit => $"利润达到阈值: {Money(profit)} >= {Money(threshold)}",
            ConditionKind.Price => $"价格达到目标: {price} {(isLong ? ">=" : "<=")} {level}",
            ConditionKind.Stop => $"价格触及止损: {price} {(isLong ? "<=" : ">=")} {level}",
            ConditionKind.Time when rule.TriggerTime is { Kind: TriggerTimeKind.CloseTodayRelief } => $"锁定持仓已转为昨仓, 不再收平今手续费, 价格 {price}",
            ConditionKind.Time => $"到达设定时间: {rule.TriggerTime}, 价格 {price}",
            ConditionKind.Trailing => $"移动止损: {price} {(isLong ? "<=" : ">=")} {level}, {(isLong ? "最高" : "最低")} {Text(contract.PriceAt(firing.BestTicks))}",
            _ => throw new ArgumentOutOfRangeException(nameof(firing)),
        };
        return stages is not { } passed ? sentence : passed.From == passed.To ? $"{sentence} (第{passed.To}档)" : $"{sentence} (第{passed.From}-{passed.To}档)";
    }

    /// <summary><c>持仓不足: 当前long仓: 3手, 需要锁定: 8手</c>, with what is lockable where that is less than the leg.</summary>
    public static string NotEnough(Side side, Volume leg, Volume lockable, Volume wanted)
    {
        var rest = lockable == leg ? "" : $" (可锁: {lockable}手)";
        return $"持仓不足: 当前{Name(side)}仓: {leg}手, 需要锁定: {wanted}手{rest}";
    }

    /// <summary><c>资金不足: 需要 24771.00, 可用 15650.00</c></summary>
    public static string NotEnoughFunds(decimal needed, decimal available) => $"资金不足: 需要 {Money(needed)}, 可用 {Money(available)}";

    /// <summary><c>可解锁不足: 锁仓余 3手, 需要解锁: 8手</c></summary>
    public static string NotEnoughLocked(Volume left, Volume wanted) => $"可解锁不足: 锁仓余 {left}手, 需要解锁: {wanted}手";

    /// <summary>What would be left of the funds after an unlock that adds exposure.</summary>
    public static string NotEnoughAfterUnlock(decimal available) => $"资金不足: 解锁后可用 {Money(available)}";

    /// <summary>The note of a rule that locks again what an unlock rule let go.</summary>
    public static string RelockNote(LockTrigger trigger) => $"解锁后重新锁仓: 解锁 {Name(trigger.Direction)} {trigger.FilledVolume}手";

    /// <summary>Why orders for a trigger ended without all of it: what was sent last, and what became of it.</summary>
    /// <param name="last">One age of lots may have been all it was for.</param>
    /// <param name="children">Orders sent.</param>
    /// <param name="left">What is left of the trigger.</param>
    public static string Unfilled(Order last, int children, Volume left) => last switch
    {
        { State: OrderState.Rejected } => $"报单被拒: {last.Volume}手 @ {last.LimitPrice}: {last.Reason}",
        { Reason: { } reason } => $"{children}次报单未全部成交, 余{left}手: {reason}",
        _ => $"{children}次报单未全部成交, 余{left}手",
    };

    /// <summary>A part of it never reached its venue: it is decided again when the other parts have ended.</summary>
    public const string PartUnsent = "部分子单未送达, 其余结束后重新判断";

    /// <summary><c>部分成交: 3/8手, …</c></summary>
    public static string InPart(LockTrigger trigger, string problem) => $"部分成交: {trigger.FilledVolume}/{trigger.LockVolume}手, {problem}";

    /// <summary>What the trader wrote when calling a failed trigger done.</summary>
    public static string DoneByHand(string note) => $"人工标记完成: {note}";

    /// <summary><c>2026-11-20 14:55</c> on the exchange's clock.</summary>
    public static string Moment(DateTimeOffset at, TimeSpan offset) => at.ToOffset(offset).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>What becomes of a time condition that has missed its moment.</summary>
    /// <param name="next">When it acts next; null: not again on this leg.</param>
    /// <param name="offset">The exchange's.</param>
    public static string NextTime(DateTimeOffset? next, TimeSpan offset) => next is { } at ? $"下次 {Moment(at, offset)}" : "本仓位不再触发, 重新保存规则可立即触发";

    public static string Name(Side side) => side == Side.Long ? "long" : "short";

    /// <summary>Two decimals, or a dash for what is unknown.</summary>
    public static string Money(decimal? amount) => amount?.ToString("0.00", CultureInfo.InvariantCulture) ?? "—";

    private static string Text(Price price) => price.Value.ToString("0.########", CultureInfo.InvariantCulture);
}

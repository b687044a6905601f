using System.Globalization;

namespace QuantDash.Web.Ui.Trading;

/// <summary>The lock engine and the venue write their sentences in Chinese, as the seeds fix them (<c>LockWords</c>, <c>VenueWords</c>), and store them so.
/// Other readers get the same words in English; numbers stay as they are.</summary>
public static class EngineSentence
{
    // A phrase stands before any shorter one that is a part of it.
    private static readonly (string Chinese, string English)[] Phrases =
    [
        ("利润达到阈值", "profit reached"),
        ("价格达到目标", "price reached"),
        ("价格触及止损", "stop reached"),
        ("移动止损", "trailing stop"),
        ("到达设定时间: ", "time reached: "),
        (", 价格 ", ", price "),
        ("下次 ", "next on "),
        ("本仓位不再触发, 重新保存规则可立即触发", "it does not act on this leg again: save the rule to act at once"),
        ("最高", "high"),
        ("最低", "low"),
        ("持仓不足: 当前", "not enough position: now "),
        ("仓: ", " leg: "),
        ("需要锁定: ", "to lock: "),
        ("可锁: ", "lockable: "),
        ("锁仓成功: ", "locked "),
        ("锁定利润: ", "profit locked "),
        ("部分成交: ", "filled in part: "),
        ("影子规则: 本应锁定 ", "shadow rule: would have locked "),
        ("未下单", "nothing was sent"),
        ("等待确认超时", "nobody confirmed in time"),
        ("未能发出期间条件已不成立", "while it could not be sent, the condition stopped holding"),
        ("次报单未全部成交, 余", " orders did not fill all, left: "),
        ("报单被拒: ", "order refused: "),
        ("手动撤销", "taken back by hand"),
        ("有效期已过", "its time is up"),
        ("交易日已结束", "its trading day is over"),
        ("规则已删除", "its rule was deleted"),
        ("规则已修改", "its rule was changed"),
        ("人工标记完成: ", "called done by hand: "),
        ("已取消", "cancelled"),
        ("不允许重复报单", "the venue knows this order already"),
        ("当前状态禁止此项操作：非交易时段", "outside trading hours"),
        ("集合竞价不接受市价报单", "no market orders in the auction"),
        ("集合竞价不接受FAK或FOK报单", "no FAK or FOK orders in the auction"),
        ("FAK 未能即时成交的部分已自动撤销", "FAK: what could not be filled at once was cancelled"),
        ("FOK 未能即时全部成交已自动撤销", "FOK: not all of it could be filled at once, so all of it was cancelled"),
        ("交易所不支持的价格类型", "the venue has no such order type"),
        ("报单字段有误：数量不是最小交易单位的整数倍", "volume is not a whole number of trading units"),
        ("报单字段有误：超过单笔最大报单数量", "volume is above the largest allowed in one order"),
        ("报单字段有误：限价单没有价格", "a limit order needs a price"),
        ("价格非最小变动价位的整数倍", "price is not on a tick"),
        ("价格超出涨跌停板", "price is outside the daily limits"),
        ("平仓量超过持仓量", "more to close than is held"),
        ("平今仓位不足", "not enough of today's lots"),
        ("平昨仓位不足", "not enough of earlier lots"),
        ("可解锁不足: 锁仓余 ", "not enough locked: the lock has "),
        ("需要解锁: ", "to unlock: "),
        ("解锁成功: ", "unlocked "),
        ("平仓盈亏: ", "realised: "),
        ("影子规则: 本应解锁 ", "shadow rule: would have unlocked "),
        ("锁定持仓已转为昨仓, 不再收平今手续费", "the locked lots are no longer of today, closing them costs less"),
        ("所绑定的锁仓已解除, 解锁规则停用", "its lock was let go: the unlock rule is switched off"),
        ("账户已关闭, 规则停用", "its account was closed: the rule is switched off"),
        ("所绑定的锁仓已失衡, 解锁规则停用", "its lock is broken: the unlock rule is switched off"),
        ("解锁后重新锁仓: 解锁 ", "locks again what was unlocked: "),
        ("资金不足: 解锁后可用 ", "not enough funds: available after the unlock "),
        ("同组规则已解锁: 组 ", "a rule of its group has unlocked: group "),
        ("资金不足", "not enough funds"),
        ("紧急停止中, 不增加敞口", "trading is stopped: no new exposure"),
        ("紧急停止", "emergency stop"),
        ("持仓不足", "not enough position"),
        ("未注明原因", "no reason given"),
        ("持仓保留", "positions are kept"),
        ("全部锁仓", "every leg is locked"),
        ("全部平仓", "every leg is closed"),
        ("柜台未连接", "the link is down"),
        ("没有行情", "no quote"),
        ("非交易时段", "the session is closed"),
        ("自己的委托未结束", "orders of its own do not end"),
        ("合约币种与账户币种不同", "contract and account have different currencies"),
        ("该品种不支持双向持仓", "this product cannot hold both sides"),
        ("报单会与本账户未成交报单自成交", "it would trade with this account's own order"),
        ("报单已全成交或已撤销，不能再撤", "already filled or cancelled"),
        ("当日有效报单已过交易日", "a day order of an earlier trading day"),
        ("整腿保证金和手续费需要 ", "the full leg and the fee need "),
        ("全部止损同时触发需要 ", "all stops at once need "),
        (", 可用 ", ", available "),
        ("所需 ", "none is free of the "),
        ("手均被占用", " lots it wants"),
        ("手按比例不足一手", " lots: its share is less than one"),
        ("一次委托 ", "one order of "),
        ("手, 单笔上限 ", " lots, the exchange takes "),
        ("合约已到期", "the contract has expired"),
        ("手", " lots"),
    ];

    public static string InReadersLanguage(string sentence)
    {
        var compared = sentence.Replace(">=", "≥", StringComparison.Ordinal).Replace("<=", "≤", StringComparison.Ordinal);
        return CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh"
            ? compared
            : Counted.Singular(Phrases.Aggregate(compared, (text, phrase) => text.Replace(phrase.Chinese, phrase.English, StringComparison.Ordinal)));
    }
}

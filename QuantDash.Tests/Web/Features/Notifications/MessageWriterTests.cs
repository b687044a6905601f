using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Core.Engine;
using QuantDash.Core.Notifications;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.Notifications;

namespace QuantDash.Tests.Web.Features.Notifications;

/// <summary>What reaches the trader's phone for every event, written out to be read.</summary>
public sealed partial class MessageWriterTests(MessageWriterTests.Writers writers) : IClassFixture<MessageWriterTests.Writers>
{
    /// <summary>Event, values, priority, picture, title and sentence in Chinese, in English. A new line in NotificationTable needs one here.</summary>
    public static readonly TheoryData<string, string[], int, string, string, string> Messages = new()
    {
        { "lock.fired", ["long", "利润达到阈值: 10500.00 >= 10000.00", "8"], 4, "zap", "锁仓触发 · SHFE.rb2510 | 多仓触发：利润达到阈值: 10500.00 ≥ 10000.00，锁 8 手", "Lock fired · SHFE.rb2510 | long: profit reached: 10500.00 ≥ 10000.00, 8 lots to lock" },
        { "lock.waiting", ["short", "5", "价格达到目标: 2800"], 5, "point_right", "锁仓等待确认 · SHFE.rb2510 | 空仓 5 手等待确认（价格达到目标: 2800）", "Confirm this lock · SHFE.rb2510 | short: 5 lots wait for your click (price reached: 2800)" },
        { "lock.executed", ["long", "8", "10500.00"], 4, "lock", "锁仓完成 · SHFE.rb2510 | 多仓 已锁定 8 手，锁定利润 10500.00", "Locked · SHFE.rb2510 | long: 8 lots locked, profit frozen 10500.00" },
        { "release.fired", ["short", "价格达到目标: 2800", "8"], 4, "zap", "解锁触发 · SHFE.rb2510 | 空仓触发：价格达到目标: 2800，解锁 8 手", "Unlock fired · SHFE.rb2510 | short: price reached: 2800, 8 lots to unlock" },
        { "release.waiting", ["short", "5", "价格达到目标: 2800"], 5, "point_right", "解锁等待确认 · SHFE.rb2510 | 空仓 解锁 5 手等待确认（价格达到目标: 2800）", "Confirm this unlock · SHFE.rb2510 | short: unlocking 5 lots waits for your click (price reached: 2800)" },
        { "release.executed", ["long", "8", "10500.00"], 4, "unlock", "解锁完成 · SHFE.rb2510 | 多仓解锁 8 手, 平仓盈亏 10500.00", "Unlocked · SHFE.rb2510 | Unlocked 8 lots of the long leg, realised 10500.00" },
        { "release.partial", ["long", "3", "8", "资金不足"], 5, "warning", "部分解锁 · SHFE.rb2510 | 多仓 部分解锁 3 / 8 手", "Unlocked in part · SHFE.rb2510 | long: 3 of 8 lots unlocked" },
        { "release.failed", ["long", "可解锁不足: 锁仓余 3手, 需要解锁: 8手"], 5, "rotating_light", "解锁失败 · SHFE.rb2510 | 多仓 解锁失败：可解锁不足: 锁仓余 3手, 需要解锁: 8手", "Unlock failed · SHFE.rb2510 | long: unlock failed: not enough locked: the lock has 3 lots, to unlock: 8 lots" },
        { "release.expired", ["long", "2"], 4, "hourglass", "解锁确认超时 · SHFE.rb2510 | 多仓 解锁 2 手未在时限内确认", "Nobody confirmed the unlock · SHFE.rb2510 | long: nobody confirmed the unlock of 2 lots in time" },
        { "release.displaced", ["long", "2"], 4, "warning", "锁仓手数不足 · SHFE.rb2510 | 多仓 解锁 2 手不再等待确认，锁仓已无足够手数", "Lock has not so many lots left · SHFE.rb2510 | long: the unlock of 2 lots no longer waits for a click, the lock has not so many left" },
        { "lock.partial", ["long", "3", "8", "资金不足"], 5, "warning", "部分锁仓 · SHFE.rb2510 | 多仓 部分锁定 3 / 8 手", "Locked in part · SHFE.rb2510 | long: 3 of 8 lots locked" },
        { "readiness.blocked", ["long", "整腿保证金和手续费需要 18932.00, 可用 5000.00", "margin_short"], 4, "no_entry", "规则无法执行 · SHFE.rb2510 | 多仓规则当前无法执行: 整腿保证金和手续费需要 18932.00, 可用 5000.00", "A rule could not execute · SHFE.rb2510 | long: the rule could not execute now: the full leg and the fee need 18932.00, available 5000.00" },
        { "readiness.eased", ["short"], 2, "white_check_mark", "规则已可执行 · SHFE.rb2510 | 空仓规则已可执行", "A rule could execute again · SHFE.rb2510 | short: the rule could execute again" },
        { "alert.reached", ["above", "4600", "4602", " · 看缺口"], 4, "bell", "价格提醒 · SHFE.rb2510 | 价格提醒：上破 4600，现价 4602 · 看缺口", "Price alert · SHFE.rb2510 | price alert: above 4600 reached at 4602 · 看缺口" },
        { "alert.reached_while_off", ["below", "4600", "4598", ""], 4, "bell", "停机期间价格提醒 · SHFE.rb2510 | 价格提醒：停机期间下破 4600，价格 4598", "Price alert, while off · SHFE.rb2510 | price alert: below 4600 was reached while QuantDash was off, price 4598" },
        { "strategy.failed", ["trend", "tick: no such thing"], 5, "rotating_light", "策略出错停止 · SHFE.rb2510 | 策略 trend 出错并已停止：tick: no such thing", "Strategy broke · SHFE.rb2510 | Strategy trend broke and was stopped: tick: no such thing" },
        { "strategy.book_corrected", ["trend", "long", "3", "1"], 5, "rotating_light", "策略账本已更正 · SHFE.rb2510 | 策略 trend 的 多 持仓 3，账户实际只有 1：已更正策略账本", "Strategy book corrected · SHFE.rb2510 | Strategy trend held 3 long, and the account has only 1 for it: its book was corrected" },
        { "strategy.refused", ["trend", "buy", "3", "超过单笔手数限额: 3, 限额 2"], 3, "no_entry", "策略委托被拒绝 · SHFE.rb2510 | 策略 trend：委托 买 3 被拒绝：超过单笔手数限额: 3, 限额 2", "Strategy order refused · SHFE.rb2510 | Strategy trend: order buy 3 refused: lots of one order above their limit: 3, limit 2" },
        { "strategy.stopped", ["trend", "enough"], 2, "information_source", "策略已停止 · SHFE.rb2510 | 策略 trend 已停止：enough", "Strategy stopped · SHFE.rb2510 | Strategy trend stopped: enough" },
        { "main.found", ["SHFE.rb2601", "200000", "SHFE.rb2510", "150000"], 3, "mag", "主力合约可能换月 · SHFE.rb2510 | SHFE.rb2601 的持仓量（200000）已超过主力合约 SHFE.rb2510（150000）", "A new main contract? · SHFE.rb2510 | SHFE.rb2601 has more open interest (200000) than the main contract SHFE.rb2510 (150000)" },
        { "main.chosen", ["SHFE.rb2510", "SHFE.rb2601", "2025-08-11"], 3, "arrows_counterclockwise", "主力合约已切换 · SHFE.rb2510 | 自 2025-08-11 起主力合约为 SHFE.rb2601（原 SHFE.rb2510）", "Main contract switched · SHFE.rb2510 | main contract from 2025-08-11 on: SHFE.rb2601 (before: SHFE.rb2510)" },
        { "lock.failed", ["long", "持仓不足: 当前long仓: 3手, 需要锁定: 8手"], 5, "rotating_light", "锁仓失败 · SHFE.rb2510 | 多仓 锁仓失败：持仓不足: 当前long仓: 3手, 需要锁定: 8手", "Lock failed · SHFE.rb2510 | long: lock failed: not enough position: now long leg: 3 lots, to lock: 8 lots" },
        { "lock.broken", ["long", "8", "2", "20.00"], 5, "rotating_light", "锁仓破损 · SHFE.rb2510 | 多仓 锁仓破损，8 手中有 2 手裸露，每跳 20.00", "Lock broken · SHFE.rb2510 | long: lock broken, 2 of 8 lots uncovered, 20.00 a tick" },
        { "lock.missed", ["long", "2800"], 4, "warning", "停机期间曾触及 · SHFE.rb2510 | 多仓 停机期间曾触及又返回：2800", "Crossed while off · SHFE.rb2510 | long: crossed and returned while off: 2800" },
        { "lock.missed_time", ["long", "14:55:00", "2026-11-20 14:55", "下次 2026-11-23 14:55"], 4, "warning", "停机期间错过时间条件 · SHFE.rb2510 | 多仓 停机期间错过时间条件 14:55:00（交易所时间 2026-11-20 14:55），未下单；下次 2026-11-23 14:55", "Time passed while off · SHFE.rb2510 | long: its time 14:55:00 (2026-11-20 14:55, exchange time) passed while off, nothing was sent; next on 2026-11-23 14:55" },
        { "lock.expired", ["long", "2"], 4, "hourglass", "确认超时 · SHFE.rb2510 | 多仓 2 手未在时限内确认", "Nobody confirmed · SHFE.rb2510 | long: nobody confirmed 2 lots in time" },
        { "lock.displaced", ["long", "2"], 4, "warning", "手数已被其他触发占用 · SHFE.rb2510 | 多仓 2 手不再等待确认，已被其他触发占用", "Lots taken by another firing · SHFE.rb2510 | long: 2 lots no longer wait for a click, another firing took them" },
        { "lock.no_longer_holds", ["long"], 3, "information_source", "条件已不成立 · SHFE.rb2510 | 多仓 条件已不成立，未报单", "Condition no longer holds · SHFE.rb2510 | long: the condition no longer holds, nothing was sent" },
        { "lock.shadow", ["long", "2"], 2, "ghost", "影子规则 · SHFE.rb2510 | 多仓 影子规则：本应锁定 2 手", "Shadow rule · SHFE.rb2510 | long: would have locked 2 lots" },
        { "order.unknown", ["QD1-1"], 4, "question", "委托结果未知 · SHFE.rb2510 | QD1-1：结果未知，正在查询", "Order outcome unknown · SHFE.rb2510 | QD1-1: outcome unknown, asking the venue" },
        { "order.still_unknown", ["QD1-1", "60", "12"], 5, "rotating_light", "委托结果仍未知 · SHFE.rb2510 | 委托 QD1-1：结果未知已 60 秒，已查询 12 次。请到柜台查明后人工登记", "Order outcome still unknown · SHFE.rb2510 | Order QD1-1: outcome unknown for 60 s, asked 12 times. Look at the counter and say what became of it" },
        { "order.overfilled", ["QD1-1", "6", "5"], 5, "rotating_light", "委托超量成交 · SHFE.rb2510 | 委托 QD1-1：交易所成交 6 手，超过委托的 5 手；已全部入账", "Order overfilled · SHFE.rb2510 | Order QD1-1: the venue filled 6 lots of 5 ordered; all of them are booked" },
        { "trade.corrected", ["T1", "5", "100", "5", "101"], 5, "rotating_light", "成交被交易所更正 · SHFE.rb2510 | 交易所更正了成交 T1：我方 5 手 @ 100，对方 5 手 @ 101。账目未改动，请核对后人工处理", "Trade corrected by the venue · SHFE.rb2510 | The venue corrected trade T1: ours 5 @ 100, theirs 5 @ 101. The books were not changed: compare and set them right by hand" },
        { "order.not_replaced", ["QD1-1", "restart"], 4, "warning", "改单未执行 · SHFE.rb2510 | 委托 QD1-1：改单未执行：QuantDash 期间重启，原委托仍在撤销", "Order not changed · SHFE.rb2510 | Order QD1-1: not changed: QuantDash was restarted, it is still being cancelled" },
        { "held.triggered", ["3100", "3102", "QD1-1"], 4, "dart", "本地委托已触发 · SHFE.rb2510 | 本地委托在 3100 触发（触发价 3102），委托 QD1-1 随即报出", "Held order triggered · SHFE.rb2510 | Held order triggered at 3100 (level 3102): order QD1-1 follows" },
        { "held.failed", ["3100", "3102", "持仓不足"], 5, "rotating_light", "本地委托未能报单 · SHFE.rb2510 | 本地委托：价格已到 3100（触发价 3102），但未能报单：持仓不足", "Held order failed · SHFE.rb2510 | Held order: its price was seen at 3100 (level 3102), and no order was sent: not enough position" },
        { "held.unsent", ["QD1-1", "5", "3480"], 5, "rotating_light", "本地委托重新等待 · SHFE.rb2510 | 本地委托的报单 QD1-1 未送达交易所，5 手重新等待：价格仍在 3480 之外时，下一笔行情再次触发", "Held order waits again · SHFE.rb2510 | Order QD1-1 of a held order never reached the venue, 5 lots wait again: the next price beyond 3480 triggers it" },
        { "held.link_down", ["3478", "3480"], 5, "rotating_light", "本地委托到价但通道断开 · SHFE.rb2510 | 本地委托已到价（3478，触发价 3480），但交易通道断开：恢复后由第一笔行情决定", "Held order at its price, link down · SHFE.rb2510 | A held order saw its price (3478, level 3480), but the link is down: the first price after it is back decides" },
        { "held.in_the_way", ["3480", "2"], 4, "hourglass", "本地委托等待撤单 · SHFE.rb2510 | 本地委托已到价（触发价 3480）：占用持仓的 2 笔平仓委托结束后报出", "Held order waits for own orders · SHFE.rb2510 | A held order saw its price (level 3480): 2 own closing orders of its leg end first" },
        { "held.reduced", ["8", "5"], 5, "warning", "本地委托手数减少 · SHFE.rb2510 | 本地委托 8 手，持仓只够 5 手：按 5 手报出", "Held order reduced · SHFE.rb2510 | A held order of 8 lots finds 5 to close: 5 are sent" },
        { "held.refused", ["QD1-1", "5", "资金不足"], 5, "rotating_light", "本地委托的报单被拒 · SHFE.rb2510 | 本地委托的报单 QD1-1 未进入市场，5 手未成交：资金不足", "Order of a held order refused · SHFE.rb2510 | Order QD1-1 of a held order did not reach the market, 5 lots are not traded: not enough funds" },
        { "held.expired", ["3102", "有效期已过"], 4, "hourglass", "本地委托已失效 · SHFE.rb2510 | 本地委托（触发价 3102）未触发而失效：有效期已过", "Held order expired · SHFE.rb2510 | Held order at 3102 ended without its price being seen: its time is up" },
        { "held.withdrawn", ["3102", "紧急停止"], 3, "information_source", "本地委托已撤回 · SHFE.rb2510 | 本地委托（触发价 3102）已撤回：紧急停止", "Held order withdrawn · SHFE.rb2510 | Held order at 3102 withdrawn: emergency stop" },
        { "order.resolved", ["QD1-1", "Filled"], 3, "white_check_mark", "委托结果已明 · SHFE.rb2510 | 委托 QD1-1: 结果已明: Filled", "Order outcome known again · SHFE.rb2510 | Order QD1-1: outcome known again: Filled" },
        { "rule.disabled", ["long", "规则已修改"], 4, "no_entry", "规则已停用 · SHFE.rb2510 | 多仓规则已停用：规则已修改", "Rule switched off · SHFE.rb2510 | Rule for the long leg switched off: its rule was changed" },
        { "leg.unconfirmed", ["long", "2"], 4, "warning", "持仓未确认 · SHFE.rb2510 | 多仓 快照缺失 2 手，规则暂停", "Position unconfirmed · SHFE.rb2510 | long: 2 lots missing in the snapshot, its rules are suspended" },
        { "feed.stale", ["ctp", "2026-03-02T02:00:00.0000000+00:00"], 4, "hourglass", "行情中断 · SHFE.rb2510 | 行情源 ctp 自 10:00:00 起没有行情", "Feed is stale · SHFE.rb2510 | No ticks from ctp since 10:00:00" },
        { "feed.live", ["ctp"], 2, "white_check_mark", "行情恢复 · SHFE.rb2510 | 行情源 ctp 恢复", "Feed is back · SHFE.rb2510 | Ticks from ctp arrive again" },
        { "bridge.down", ["main"], 5, "electric_plug", "桥接断开 · SHFE.rb2510 | 桥接 main: 一分钟内没有程序的消息, 无法发单", "Bridge is down · SHFE.rb2510 | Bridge of main: no program heard for a minute; nothing can be sent" },
        { "bridge.up", ["main"], 3, "electric_plug", "桥接已连接 · SHFE.rb2510 | 桥接 main: 程序已连接", "Bridge is up · SHFE.rb2510 | Bridge of main: program connected" },
        { "job.failed", ["backup", "disk"], 4, "warning", "后台任务失败 · SHFE.rb2510 | 后台任务 backup 失败: disk", "A background job failed · SHFE.rb2510 | The job backup failed: disk" },
        { "service.stalled", ["demo_feed", ""], 4, "warning", "QuantDash 的一个部分没有响应 · SHFE.rb2510 | demo_feed 没有响应", "A part of QuantDash hangs · SHFE.rb2510 | demo_feed gives no sign of life" },
        { "service.failed", ["demo_feed", "disk"], 4, "warning", "QuantDash 的一个部分出错 · SHFE.rb2510 | demo_feed 出错, 正在重新启动: disk", "A part of QuantDash failed · SHFE.rb2510 | demo_feed failed and is started again: disk" },
        { "account.risk_high", ["80", "84.2", "2026-11-20"], 4, "chart_with_upwards_trend", "风险度偏高 · SHFE.rb2510 | 风险度 84.2%，超过 80%", "Risk ratio high · SHFE.rb2510 | Risk ratio 84.2 %, above 80 %" },
        { "account.risk_over", ["100", "103.1", "2026-11-20"], 5, "rotating_light", "风险度超过 100% · SHFE.rb2510 | 风险度 103.1%，达到 100%：柜台可能强平", "Risk ratio over 100 % · SHFE.rb2510 | Risk ratio 103.1 %: at or above 100 %, the counter may close positions" },
        { "account.risk_eased", ["80", "74.9", "2026-11-20"], 2, "white_check_mark", "风险度回落 · SHFE.rb2510 | 风险度 74.9%，已明显低于 80%", "Risk ratio eased · SHFE.rb2510 | Risk ratio 74.9 %, well below 80 % again" },
        { "account.available_low", ["50000.00", "41250.50", "2026-11-20"], 4, "moneybag", "可用资金不足 · SHFE.rb2510 | 可用资金 41250.50，低于 50000.00", "Available low · SHFE.rb2510 | Available 41250.50, below 50000.00" },
        { "account.available_eased", ["50000.00", "53000.00", "2026-11-20"], 2, "white_check_mark", "可用资金恢复 · SHFE.rb2510 | 可用资金 53000.00，重新高于 50000.00", "Available recovered · SHFE.rb2510 | Available 53000.00, above 50000.00 again" },
        { "account.day_loss", ["20000.00", "21500.00", "2026-11-20"], 5, "rotating_light", "当日亏损超限 · SHFE.rb2510 | 当日亏损 21500.00，超过 20000.00", "Day loss · SHFE.rb2510 | Loss of the day 21500.00, above 20000.00" },
        { "account.day_loss_eased", ["20000.00", "18000.00", "2026-11-20"], 2, "white_check_mark", "当日亏损收窄 · SHFE.rb2510 | 当日亏损 18000.00，已明显低于 20000.00", "Day loss eased · SHFE.rb2510 | Loss of the day 18000.00, well below 20000.00 again" },
        { "account.margin_step", ["2026-12-01", "7", "10", "2026-11-20"], 4, "arrow_up", "保证金即将提高 · SHFE.rb2510 | 2026-12-01 起保证金由 7% 升至 10%", "Margin will rise · SHFE.rb2510 | Margin rises from 7 % to 10 % on 2026-12-01" },
        { "account.last_day", ["2026-11-23", "1", "2026-11-20"], 4, "calendar", "临近最后交易日 · SHFE.rb2510 | 最后交易日 2026-11-23，还剩 1 个交易日", "Last trading day near · SHFE.rb2510 | Last trading day 2026-11-23: 1 trading day left" },
        { "emergency.stopped", ["全部锁仓", "2", "未注明原因"], 5, "octagonal_sign", "紧急停止 · SHFE.rb2510 | 紧急停止：禁止新增敞口，撤单 2 笔，全部锁仓。原因：未注明原因", "Emergency stop · SHFE.rb2510 | Emergency stop: no new exposure, 2 orders cancelled, every leg is locked. Reason: no reason given" },
        { "emergency.left", ["long", "8", "非交易时段"], 5, "rotating_light", "紧急停止有未处理的持仓 · SHFE.rb2510 | 紧急停止：多 8 手未处理：非交易时段", "Emergency stop left a leg · SHFE.rb2510 | Emergency stop: 8 lots (long) were left as they are: the session is closed" },
        { "emergency.resumed", ["look"], 4, "arrow_forward", "恢复交易 · SHFE.rb2510 | 恢复交易，允许新增敞口。原因：look", "Trading resumed · SHFE.rb2510 | New exposure is allowed again. Reason: look" },
        { "bridge.two_programs", ["main"], 5, "rotating_light", "两个程序同时领取委托 · SHFE.rb2510 | 桥接 main: 两个程序同时领取委托, 请停掉一个", "Two programs on one bridge · SHFE.rb2510 | Bridge of main: two programs ask for orders at once; stop one" },
        { "snapshot.refused", ["main", "positions[0].long_position not_a_number"], 5, "rotating_light", "持仓快照被拒绝 · SHFE.rb2510 | main：程序的持仓快照被拒绝（positions[0].long_position not_a_number）。持仓未核对；启动或断线之后，在收到可读的快照之前不发任何委托", "Position snapshot refused · SHFE.rb2510 | main: a position snapshot of its program was refused (positions[0].long_position not_a_number). Positions are not compared, and after a start or a cut link no order goes out until one can be read" },
        { "snapshot.unknown_contract", ["main", "SHFE.au2612C800"], 4, "warning", "账户中有不认识的合约 · SHFE.rb2510 | main 持有 QuantDash 不认识的合约：SHFE.au2612C800。按非我方持仓处理；列有它们时，快照中缺失的持仓不会被当作已平", "Unknown contracts in the account · SHFE.rb2510 | main holds contracts that QuantDash does not know: SHFE.au2612C800. They count as not ours; while they are listed, no leg that is left out is taken for flat" },
    };

    [Fact]
    public void Messages_AreWrittenOutHere_ForEveryAnnouncedEvent() =>
        Messages.Select(row => (string)row[0]).ShouldBe(NotificationTable.Keys, ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task Event_BecomesItsMessage_InTheLanguageThatWasSet(string key, string[] values, int priority, string tag, string chinese, string english)
    {
        foreach (var (language, expected) in ((string, string)[])[("zh-CN", chinese), ("en", english)])
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language == "en" ? "zh-CN" : "en");
            var written = (await writers.In(language).WriteAsync(new(Guid.NewGuid(), Entry(key, values), DateTimeOffset.UnixEpoch, 0), CancellationToken.None))!;
            $"{written.Title} | {written.Message}".ShouldBe(expected);
            ((int)written.Priority, written.Tags.Single()).ShouldBe((priority, tag));
        }
    }

    [Fact]
    public void Dangers_AreAnnounced_EvenThoseNobodyThoughtOf() => NotificationTable.For("something.new", TapeSeverity.Danger)!.Priority.ShouldBe(NotificationPriority.Urgent);

    /// <summary>A key that is misspelt in the table would never be announced.</summary>
    [Fact]
    public void Keys_AreToldByTheEngine()
    {
        var told = Directory.EnumerateFiles(Path.Combine(TestData.RepositoryRoot, "QuantDash.Core", "Engine"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Key().Matches(File.ReadAllText(file)).Select(m => m.Groups[1].Value)).ToHashSet(StringComparer.Ordinal);
        string[] notYet = ["lock.missed", "lock.missed_time", "lock.shadow"];
        NotificationTable.Keys.Except(told).Except(notYet).ShouldBeEmpty();
    }

    /// <summary>One running application a language.</summary>
    public sealed class Writers : IDisposable
    {
        private readonly Dictionary<string, AppFactory> _apps = new[] { "zh-CN", "en" }.ToDictionary(
            language => language, language => new AppFactory { Settings = { ["QuantDash:Demo"] = "false", ["QuantDash:Notifications:Language"] = language } });

        public MessageWriter In(string language) => _apps[language].Services.GetRequiredService<MessageWriter>();

        public void Dispose()
        {
            foreach (var app in _apps.Values) app.Dispose();
        }
    }

    private static TapeEvent Entry(string key, string[] values) => new()
    {
        Number = 1, At = DateTimeOffset.UnixEpoch, Severity = TapeSeverity.Warning, Key = key, Values = values, Symbol = Symbol.ParseCanonical("SHFE.rb2510"),
    };

    [GeneratedRegex("\"([a-z]+\\.[a-z_]+)\"")]
    private static partial Regex Key();
}

using Microsoft.Extensions.Localization;
using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Live;
using QuantDash.Web.Ui.Charts;

namespace QuantDash.Web.Ui.Trading;

/// <summary>Draws a trace with what matters on it: open prices of the legs, levels of armed rules, firings; for one rule also how it trailed, and the orders of its firings.</summary>
public static class PriceChart
{
    /// <param name="contract">Whose line it is.</param>
    /// <param name="points">The line.</param>
    /// <param name="snapshot">Where levels and firings are.</param>
    /// <param name="account">Whose they are.</param>
    /// <param name="words">In the reader's language.</param>
    /// <param name="rule">Only this rule's levels and firings; null: all of the contract.</param>
    public static ChartModel Line(
        Contract contract, IReadOnlyList<TracePoint> points, EngineSnapshot snapshot, AccountView account, PriceChartWords words, RuleView? rule = null) =>
        Draw("line", contract, points.Count > 0 ? points[0].At : null, snapshot, account, words, rule, [.. Lines(contract, points, snapshot, words, rule)]);

    private static IEnumerable<ChartSeries> Lines(Contract contract, IReadOnlyList<TracePoint> points, EngineSnapshot snapshot, PriceChartWords words, RuleView? rule)
    {
        string[] times = [.. points.Select(p => ScreenTime.Axis(p.At))];
        yield return new(contract.Symbol.ToString(), SeriesKind.Line, Tone.None, times, [.. points.Select(p => (double?)p.Price)]);
        if (rule is null || TrailingTrace.Of(rule, contract, points, TrailedUntil(rule, snapshot)) is not { } trailing) yield break;
        yield return new(words.HighWater, SeriesKind.Step, Tone.Weak, times, trailing.Best);
        if (trailing.Stop.Count > 0) yield return new(words.ConditionOf(ConditionKind.Trailing), SeriesKind.Step, Tone.Warn, times, trailing.Stop);
    }

    /// <summary>When its trailing fired, while that firing is still its last word.</summary>
    private static DateTimeOffset? TrailedUntil(RuleView rule, EngineSnapshot snapshot) =>
        rule.State.State is ArmState.Done or ArmState.Fired
            ? snapshot.Triggers.Where(t => t.ConfigId == rule.Rule.Id && t.Condition == ConditionKind.Trailing).Select(t => (DateTimeOffset?)t.TickTimestamp).Max()
            : null;

    public static ChartModel Candles(Contract contract, IReadOnlyList<Bar> bars, EngineSnapshot snapshot, AccountView account, PriceChartWords words)
    {
        string[] times = [.. bars.Select(b => ScreenTime.Axis(b.Start))];
        return Draw(
            "candles", contract, bars.Count > 0 ? bars[0].Start : null, snapshot, account, words, null,
            new(contract.Symbol.ToString(), SeriesKind.Candles, Tone.None, times, [.. bars.Select(b => (double?)b.Close.Value)])
            {
                Open = [.. bars.Select(b => (double)b.Open.Value)], High = [.. bars.Select(b => (double)b.High.Value)], Low = [.. bars.Select(b => (double)b.Low.Value)],
            },
            new(words.Volume, SeriesKind.Bars, Tone.Weak, times, [.. bars.Select(b => (double?)b.Volume)], Lower: true));
    }

    private static ChartModel Draw(
        string kind, Contract contract, DateTimeOffset? from, EngineSnapshot snapshot, AccountView account, PriceChartWords words, RuleView? only,
        params IReadOnlyList<ChartSeries> series)
    {
        var symbol = contract.Symbol;
        var places = contract.Places();
        var rules = only is not null ? [only] : snapshot.Rules.Where(r => r.Rule.AccountId == account.Account.Id && r.Rule.Symbol == symbol).ToList();
        var orders = only is null ? [] : snapshot.Orders.Where(o => o.TriggerId is { } id && snapshot.Triggers.Any(t => t.Id == id && t.ConfigId == only.Rule.Id)).ToList();
        var firings = snapshot.Triggers.Where(t => t.AccountId == account.Account.Id && t.Symbol == symbol && (only is null || t.ConfigId == only.Rule.Id));
        return new()
        {
            Key = $"{account.Account.Id} {symbol} {kind} {only?.Rule.Id}",
            Places = places,
            LeastSpan = (double)(contract.PriceTick * 12),
            Step = (double)contract.PriceTick,
            HideGaps = true,
            Ranges = words.Ranges,
            Series = series,
            Levels =
            [
                .. OpenPrices(account, symbol, words), .. rules.SelectMany(r => RuleLevels(r, words, places)),
                .. only is null ? snapshot.Alerts.Where(a => a.Source == account.Account.Source && a.Symbol == symbol && a.State != AlertState.Told).Select(a => AlertLevel(a, words, places)) : [],
            ],
            Markers = [.. firings.Select(t => Firing(t, from, words, places)).OfType<ChartMarker>(), .. orders.Where(o => o.CreatedAt >= from).SelectMany(o => SendAndFill(o, words, places))],
        };
    }

    private static IEnumerable<ChartLevel> OpenPrices(AccountView account, Symbol symbol, PriceChartWords words)
    {
        if (account.Positions.FirstOrDefault(p => p.Contract.Symbol == symbol) is not { } position) yield break;
        foreach (var leg in new[] { position.Long, position.Short })
        {
            if (!leg.Volume.IsZero && leg.AverageOpenPrice is { } open)
                yield return new((double)open.Value, $"{words.Open} {words.SideOf(leg.Side)} {Figures.Number(open.Value, position.Contract.Places())}", Tone.Weak, Dashed: false);
        }
    }

    private static IEnumerable<ChartLevel> RuleLevels(RuleView rule, PriceChartWords words, int places) =>
        rule.Conditions.Where(c => c is { Live: true, Why: null, Level: not null }).Select(c => new ChartLevel(
            (double)c.Level!.Value.Value,
            $"{words.ConditionOf(c.Kind)} {Figures.Number(c.Level.Value.Value, places)}",
            c.Kind is ConditionKind.Stop or ConditionKind.Trailing ? Tone.Warn : Tone.Info,
            Id: MovableLevel.Of(rule.Rule, c.Kind)?.ToString()));

    private static ChartLevel AlertLevel(PriceAlert alert, PriceChartWords words, int places) =>
        new((double)alert.Level.Value, $"{words.Alert} {Figures.Number(alert.Level.Value, places)}", Tone.Weak, Id: new MovableLevel(LevelKind.Alert, alert.Id).ToString());

    private static IEnumerable<ChartMarker> SendAndFill(Order order, PriceChartWords words, int places)
    {
        var isUp = order.Side == OrderSide.Buy;
        if (order.LimitPrice is { } limit)
            yield return new(ScreenTime.Axis(order.CreatedAt), (double)limit.Value, $"<b>{words.Sent}</b> {Figures.Number(limit.Value, places)}<br>{words.LotsOf(order.Volume.Value)}", Tone.Info, isUp);
        if (order.AverageFillPrice is { } filled)
            yield return new(ScreenTime.Axis(order.UpdatedAt), (double)filled.Value, $"<b>{words.Filled}</b> {Figures.Number(filled.Value, places)}<br>{words.LotsOf(order.FilledVolume.Value)}", Tone.Good, isUp);
    }

    private static ChartMarker? Firing(LockTrigger trigger, DateTimeOffset? from, PriceChartWords words, int places) =>
        from is null || trigger.TickTimestamp < from
            ? null
            : new(
                ScreenTime.Axis(trigger.TickTimestamp),
                (double)trigger.TriggerPrice.Value,
                $"<b>{words.ConditionOf(trigger.Condition)}</b> {Figures.Number(trigger.TriggerPrice.Value, places)}<br>{EngineSentence.InReadersLanguage(trigger.TriggerCondition)}<br>{words.StatusOf(trigger.Status)} · {words.LotsOf(trigger.LockVolume.Value)}",
                TradingTones.Of(trigger.Status) is Tone.Danger ? Tone.Danger : Tone.Warn,
                Up: trigger.Direction == Side.Short);
}

/// <summary>The words on a price chart, in the reader's language.</summary>
public sealed record PriceChartWords(
    string Open, string Volume, string HighWater, string Sent, string Filled, string Alert, Func<Side, string> SideOf, Func<ConditionKind, string> ConditionOf, Func<TriggerStatus, string> StatusOf, Func<decimal, string> LotsOf, IReadOnlyList<ChartRange> Ranges)
{
    public static PriceChartWords In(IStringLocalizer<TradingText> words, params IReadOnlyList<ChartRange> ranges) => new(
        words["ChartOpen"],
        words["ChartVolume"],
        words["ChartHighWater"],
        words["ChartSent"],
        words["ChartFilled"],
        words["ChartAlert"],
        side => words["Leg" + side],
        kind => words["Condition" + kind],
        status => words["Status" + status],
        lots => words.Count("Lots", Figures.Volume(lots)),
        ranges);
}

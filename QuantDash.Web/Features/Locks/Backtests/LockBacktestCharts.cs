using QuantDash.Core.Backtesting.Locks;
using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Ui;
using QuantDash.Web.Ui.Charts;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Locks.Backtests;

/// <summary>Pictures of a lock backtest.</summary>
public static class LockBacktestCharts
{
    /// <summary>The price with the rule's levels, its firings and their fills.</summary>
    public static ChartModel Price(string key, Contract contract, LockRule rule, LockBacktestResult run, PriceChartWords words)
    {
        var places = contract.Places();
        return new()
        {
            Key = key,
            Places = places,
            LeastSpan = (double)(contract.PriceTick * 12),
            HideGaps = true,
            Series = [new(contract.Symbol.ToString(), SeriesKind.Step, Tone.None, [.. run.Prices.Select(price => ScreenTime.Axis(price.At))], [.. run.Prices.Select(price => (double?)contract.PriceAt(price.Ticks).Value)])],
            Levels = [.. Levels(rule, words, places)],
            Markers = [.. run.Firings.Select(firing => Firing(firing, words, places)), .. run.Trades.Select(trade => Fill(trade, words, places))],
        };
    }

    /// <summary>Funds curves of several runs on the same times: between two points of a run it stands where it was.</summary>
    public static ChartModel Equity(string key, params IReadOnlyList<(string Name, Tone Tone, LockBacktestResult? Run)> runs)
    {
        var shown = runs.Where(run => run.Run is { Equity.Count: > 0 }).ToList();
        List<DateTimeOffset> times = [.. shown.SelectMany(run => run.Run!.Equity.Select(point => point.At)).Distinct().Order()];
        string[] axis = [.. times.Select(ScreenTime.Axis)];
        return new()
        {
            Key = key,
            Places = 0,
            LeastSpan = 100,
            HideGaps = true,
            Series = [.. shown.Select(run => new ChartSeries(run.Name, SeriesKind.Step, run.Tone, axis, On(times, run.Run!)))],
        };
    }

    private static IReadOnlyList<double?> On(List<DateTimeOffset> times, LockBacktestResult run)
    {
        var values = new double?[times.Count];
        var next = 0;
        double? now = null;
        for (var i = 0; i < times.Count; i++)
        {
            while (next < run.Equity.Count && run.Equity[next].At <= times[i]) now = (double)run.Equity[next++].Equity;
            values[i] = now;
        }
        return values;
    }

    private static IEnumerable<ChartLevel> Levels(LockRule rule, PriceChartWords words, int places)
    {
        if (RuleConditions.HasPrice(rule) && RuleConditions.PriceTarget(rule) is { } target) yield return Level(target, ConditionKind.Price, Tone.Info, words, places);
        if (rule.StopLossPrice is { } stop) yield return Level(stop, ConditionKind.Stop, Tone.Warn, words, places);
    }

    private static ChartLevel Level(Price price, ConditionKind kind, Tone tone, PriceChartWords words, int places) =>
        new((double)price.Value, $"{words.ConditionOf(kind)} {Figures.Number(price.Value, places)}", tone);

    private static ChartMarker Firing(LockFiring firing, PriceChartWords words, int places)
    {
        var trigger = firing.Trigger;
        return new(
            ScreenTime.Axis(trigger.TickTimestamp), (double)trigger.TriggerPrice.Value,
            $"<b>{words.ConditionOf(trigger.Condition)}</b> {Figures.Number(trigger.TriggerPrice.Value, places)}<br>{EngineSentence.InReadersLanguage(trigger.TriggerCondition)}<br>{words.StatusOf(trigger.Status)} · {words.LotsOf(trigger.LockVolume.Value)}",
            TradingTones.Of(trigger.Status) is Tone.Danger ? Tone.Danger : Tone.Warn, Up: trigger.Direction == Side.Short);
    }

    private static ChartMarker Fill(Trade trade, PriceChartWords words, int places) => new(
        ScreenTime.Axis(trade.Fill.OccurredAt), (double)trade.Fill.Price.Value,
        $"<b>{words.Filled}</b> {Figures.Number(trade.Fill.Price.Value, places)}<br>{words.LotsOf(trade.Fill.Volume.Value)}", Tone.Good, trade.Fill.Side == OrderSide.Buy);
}

using QuantDash.Core.Hosting;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;
using QuantDash.Web.Ui;
using QuantDash.Web.Ui.Charts;

namespace QuantDash.Web.Features.Strategies;

/// <summary>The day's candles of one contract with what a strategy asked for, what it works on and what it holds.</summary>
public static class StrategyChart
{
    public static ChartModel Draw(StrategyCardView card, Symbol symbol, decimal priceTick, IReadOnlyList<Bar> bars, StrategyChartWords words)
    {
        string[] times = [.. bars.Select(bar => ScreenTime.Axis(bar.Start))];
        var places = Figures.PlacesOf(priceTick);
        return new()
        {
            Key = $"{card.Id} {symbol}",
            Places = places,
            LeastSpan = (double)(priceTick * 12),
            Step = (double)priceTick,
            HideGaps = true,
            Ranges = words.Ranges,
            Series =
            [
                new(symbol.ToString(), SeriesKind.Candles, Tone.None, times, [.. bars.Select(bar => (double?)bar.Close.Value)])
                {
                    Open = [.. bars.Select(bar => (double)bar.Open.Value)], High = [.. bars.Select(bar => (double)bar.High.Value)], Low = [.. bars.Select(bar => (double)bar.Low.Value)],
                },
                new(words.Volume, SeriesKind.Bars, Tone.Weak, times, [.. bars.Select(bar => (double?)bar.Volume)], Lower: true),
            ],
            Levels =
            [
                .. card.Held.Where(line => line.Symbol == symbol && line.Open is not null).Select(line => new ChartLevel((double)line.Open!.Value, $"{words.Open} {words.SideOf(line.Side)} {Figures.Number(line.Open, places)}", Tone.Weak, Dashed: false)),
                .. card.Strategy.Working.Where(signal => signal.Symbol == symbol && signal.Price is not null).Select(signal => new ChartLevel((double)signal.Price!.Value.Value, $"{words.ActionOf(signal.Action)} {Figures.Number(signal.Price.Value.Value, places)}", Tone.Info)),
            ],
            Markers = bars.Count == 0 ? [] : [.. card.Strategy.Signals.Where(signal => signal.Symbol == symbol && signal.TriggerTime >= bars[0].Start).Select(signal => Marker(signal, places, words)).OfType<ChartMarker>()],
        };
    }

    private static ChartMarker? Marker(StrategySignal signal, int places, StrategyChartWords words)
    {
        if ((signal.AverageFillPrice ?? signal.TriggerPrice) is not { } price) return null;
        var text = $"<b>{words.ActionOf(signal.Action)}</b> {Figures.Volume(signal.Volume.Value)} @ {Figures.Number(price.Value, places)}<br>{signal.TriggerCondition}<br>{words.ResultOf(signal.Result)}";
        return new(ScreenTime.Axis(signal.TriggerTime), (double)price.Value, text, SignalRow.ToneOf(signal), Up: signal.Side == OrderSide.Buy);
    }
}

/// <summary>The words on a strategy's chart, in the reader's language.</summary>
public sealed record StrategyChartWords(string Open, string Volume, Func<Side, string> SideOf, Func<SignalAction, string> ActionOf, Func<SignalResult, string> ResultOf, IReadOnlyList<ChartRange> Ranges);

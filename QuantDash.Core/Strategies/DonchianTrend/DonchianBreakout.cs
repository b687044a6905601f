using QuantDash.Core.Indicators;
using QuantDash.Core.Indicators.Windows;
using QuantDash.Core.Orders;

namespace QuantDash.Core.Strategies.DonchianTrend;

/// <summary>Trend following by breakouts: long when a close is above the highest high of the bars before it, short (or flat) when it is below the lowest low; a stop order trails the close by so many
/// average true ranges, and only ever in the favour of the position.</summary>
public sealed class DonchianBreakout : Strategy
{
    private static readonly IntegerParameter ChannelBars = new("channel", 2, 1000, 20, "Bars whose highest high and lowest low a close must pass.") { Unit = "bars" };
    private static readonly IntegerParameter RangeBars = new("atr", 2, 500, 14, "Bars of the average true range.") { Unit = "bars" };
    private static readonly DecimalParameter StopRanges = new("stop", 0.1m, 50m, 2m, "Distance of the stop from the close, in average true ranges.") { Unit = "ranges" };

    private readonly int _channelBars;
    private readonly TrueRangeAverage _range;
    private readonly double _stopRanges;
    private readonly PositionSize _size;
    private HighLow _channel;
    private int _seen;
    private PriceScale? _scale;
    private double _distance;
    private StrategyOrder? _stop;

    public DonchianBreakout(ParameterValues values)
    {
        (_channelBars, _range, _stopRanges) = (values.Of(ChannelBars), new(values.Of(RangeBars)), (double)values.Of(StopRanges));
        _channel = new(_channelBars);
        _size = new(values);
    }

    public static StrategyDefinition Definition { get; } = new()
    {
        Name = "donchian",
        Description = "Donchian breakout with an ATR stop: follows a close beyond the channel of the bars before it, and trails a stop order behind the close.",
        Parameters = [ChannelBars, RangeBars, StopRanges, PositionSize.FixedVolume, PositionSize.EquityShare, PositionSize.Direction],
        Create = values => new DonchianBreakout(values),
        TakesOneInstrument = true,
        WarmUpBars = values => Math.Max(values.Of(ChannelBars), values.Of(RangeBars)) + 1,
    };

    public override void OnBar(IStrategyContext context, IStrategyInstrument instrument, in StrategyBar bar)
    {
        var (isKnown, high, low) = (_seen == _channelBars, _channel.High, _channel.Low);
        if (!isKnown) _seen++;
        _channel.Add(bar.HighTicks, bar.LowTicks);
        _scale = bar.Shape.Scale;
        if (_range.Add(bar.High, bar.Low, bar.Close) is not { } range) return;
        _distance = range * _stopRanges;
        if (!isKnown || context.IsWarmingUp) return;
        var signal = bar.CloseTicks > high ? 1 : bar.CloseTicks < low ? -1 : 0;
        var held = Math.Sign(instrument.Net);
        if (signal != 0 && signal != held) Turn(context, instrument, signal, bar.CloseTicks);
        else if (held != 0) Trail(context, instrument, held, bar.CloseTicks);
    }

    /// <summary>The stop stands from the fill on.</summary>
    public override void OnFill(IStrategyContext context, in StrategyFill fill)
    {
        if (fill.Order.Offset != Offset.Open) return;
        var instrument = fill.Order.Instrument;
        var held = Math.Sign(instrument.Net);
        if (held != 0) PlaceStop(context, instrument, held, LevelFrom(fill.PriceTicks, held));
    }

    /// <summary>A stop that ended with its day stands again the next.</summary>
    public override void OnOrder(IStrategyContext context, StrategyOrder order)
    {
        if (order != _stop || order.State != StrategyOrderState.Cancelled) return;
        var held = Math.Sign(order.Instrument.Net);
        if (held != 0) PlaceStop(context, order.Instrument, held, order.PriceTicks);
    }

    private void Turn(IStrategyContext context, IStrategyInstrument instrument, int signal, long close)
    {
        _stop = null;
        context.MoveTo(instrument, _size.Of(context, instrument, signal, close));
    }

    private void Trail(IStrategyContext context, IStrategyInstrument instrument, int held, long close)
    {
        var level = LevelFrom(close, held);
        if (_stop is { IsWorking: true } stop && (held > 0 ? level <= stop.PriceTicks : level >= stop.PriceTicks)) return;
        PlaceStop(context, instrument, held, level);
    }

    private void PlaceStop(IStrategyContext context, IStrategyInstrument instrument, int held, long level)
    {
        var former = _stop;
        _stop = null;
        if (former is not null) context.Cancel(former);
        if (level <= 0) return;
        var volume = Math.Abs(instrument.Net);
        _stop = context.Place((held > 0 ? OrderIntent.SellClose(instrument, volume) : OrderIntent.BuyClose(instrument, volume)).AtStop(level));
    }

    private long LevelFrom(long ticks, int held)
    {
        var scale = _scale!;
        var price = scale.PriceOf(ticks);
        return held > 0 ? scale.AtOrBelow(price - _distance) : scale.AtOrAbove(price + _distance);
    }
}

using QuantDash.Core.Backtesting;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;
using QuantDash.Tests.Core.Backtesting;
using Offset = QuantDash.Core.Orders.Offset;

namespace QuantDash.Tests.Core.Strategies;

/// <summary>A built-in strategy once more, as anybody would write it down: in decimals, every number anew at every bar. Shares no code with the real one.</summary>
internal abstract class NaiveStrategy(BacktestMarket market, IReadOnlyList<NaiveBar> bars)
{
    protected IReadOnlyList<NaiveBar> Bars => bars;
    protected BacktestMarket Market => market;
    protected decimal Tick => market.Contract.PriceTick;
    protected NaiveBacktest Book { get; private set; } = null!;

    public NaiveBacktest Run(BacktestOptions options, int warmUp)
    {
        Book = new(market, options, bars, warmUp, OnBar) { WhenFilled = OnFill, WhenEnded = OnEnd };
        return Book.Run();
    }

    protected abstract IEnumerable<Wish> OnBar(int bar);

    protected virtual IEnumerable<Wish> OnFill(NaiveFill fill) => [];

    protected virtual IEnumerable<Wish> OnEnd(object tag, decimal price, string state) => [];

    protected decimal Highest(int from, int to) => Enumerable.Range(from, to - from + 1).Max(i => Bars[i].High);

    protected decimal Lowest(int from, int to) => Enumerable.Range(from, to - from + 1).Min(i => Bars[i].Low);
}

/// <summary>Those that are on one side or on none.</summary>
internal abstract class NaiveSide(BacktestMarket market, IReadOnlyList<NaiveBar> bars, decimal volume) : NaiveStrategy(market, bars)
{
    private int _side;

    protected override IEnumerable<Wish> OnBar(int bar)
    {
        if (!Book.HasWorking) _side = Math.Sign(Book.Net);
        var wanted = SideAt(bar, _side);
        if (wanted == _side) return [];
        _side = wanted;
        return [new(WishKind.MoveTo, Volume: wanted * volume)];
    }

    protected abstract int SideAt(int bar, int side);
}

internal sealed class NaiveRsi(BacktestMarket market, IReadOnlyList<NaiveBar> bars, decimal volume, int period, decimal oversold, decimal overbought, decimal exit) : NaiveSide(market, bars, volume)
{
    private readonly List<decimal> _index = [];
    private decimal _gain, _loss;

    protected override int SideAt(int bar, int side)
    {
        var (before, now) = (Index(bar - 1, period), Index(bar, period));
        var (longOver, shortOver) = (exit > 0 && now >= exit, exit > 0 && now <= 100 - exit);
        if (before < oversold && now >= oversold && !longOver) return 1;
        if (before > overbought && now <= overbought && !shortOver) return -1;
        return (side == 1 && longOver) || (side == -1 && shortOver) ? 0 : side;
    }

    private decimal Index(int bar, int n)
    {
        for (var i = _index.Count; i <= bar; i++)
        {
            if (i == 0)
            {
                _index.Add(0);
                continue;
            }
            var change = Bars[i].Close - Bars[i - 1].Close;
            var (up, down) = (Math.Max(change, 0), Math.Max(-change, 0));
            (_gain, _loss) = i <= n ? (_gain + (up / n), _loss + (down / n)) : ((_gain * (n - 1) / n) + (up / n), (_loss * (n - 1) / n) + (down / n));
            _index.Add(_loss == 0 ? 100 : 100 - (100 / (1 + (_gain / _loss))));
        }
        return _index[bar];
    }
}

internal sealed class NaiveBollinger(BacktestMarket market, IReadOnlyList<NaiveBar> bars, decimal volume, int period, decimal deviations, bool breakout) : NaiveSide(market, bars, volume)
{
    protected override int SideAt(int bar, int side)
    {
        var closes = Enumerable.Range(bar - period + 1, period).Select(i => Bars[i].Close).ToList();
        // Times the period, so that nothing is divided.
        var off = (Bars[bar].Close * period) - closes.Sum();
        var variance = (period * closes.Sum(c => c * c)) - (closes.Sum() * closes.Sum());
        if (off * off > deviations * deviations * variance) return breakout == off > 0 ? 1 : -1;
        if (side == 0 || off == 0) return 0;
        return breakout == (side == Math.Sign(off)) ? side : 0;
    }
}

internal sealed class NaiveVolumeBreakout(BacktestMarket market, IReadOnlyList<NaiveBar> bars, decimal volume, int channel, int average, decimal factor, int exit) : NaiveSide(market, bars, volume)
{
    protected override int SideAt(int bar, int side)
    {
        var close = Bars[bar].Close;
        var loud = Bars[bar].Volume > 0 && Bars[bar].Volume >= factor * Enumerable.Range(bar - average, average).Sum(i => Bars[i].Volume) / average;
        if (loud && close > Highest(bar - channel, bar - 1)) return 1;
        if (loud && close < Lowest(bar - channel, bar - 1)) return -1;
        if (side == 1 && close < Lowest(bar - exit, bar - 1)) return 0;
        return side == -1 && close > Highest(bar - exit, bar - 1) ? 0 : side;
    }
}

internal sealed class NaiveMomentum(BacktestMarket market, IReadOnlyList<NaiveBar> bars, decimal volume, int longerMinutes, int trend, int momentum, decimal threshold) : NaiveSide(market, bars, volume)
{
    private readonly List<(int ToldAt, decimal Close)> _longer = LongerOf(bars, longerMinutes, market.Contract.Product.Sessions.UtcOffset);
    private int _told;

    protected override int SideAt(int bar, int side)
    {
        while (_told < _longer.Count && _longer[_told].ToldAt < bar) _told++;
        if (_told < trend) return side;
        var average = Enumerable.Range(_told - trend, trend).Sum(i => _longer[i].Close) / trend;
        var direction = Math.Sign(_longer[_told - 1].Close - average);
        var change = Bars[bar].Close - Bars[bar - momentum].Close;
        if (direction != 0 && direction == Math.Sign(change) && Math.Abs(change) / Bars[bar - momentum].Close * 100 > threshold) return direction;
        return side != 0 && (direction == -side || Math.Sign(change) == -side) ? 0 : side;
    }

    /// <summary>A longer bar is told after the last of its bars when its time or its day is over with it, else after the next one.</summary>
    private static List<(int, decimal)> LongerOf(IReadOnlyList<NaiveBar> bars, int minutes, TimeSpan offset)
    {
        long Minute(DateTimeOffset at) => (long)(at.ToUniversalTime() + offset - DateTimeOffset.UnixEpoch).TotalMinutes;
        var longer = new List<(int, decimal)>();
        for (var i = 0; i < bars.Count; i++)
        {
            var number = Minute(bars[i].Start) / minutes;
            var isDayOver = i == bars.Count - 1 || bars[i + 1].Day != bars[i].Day;
            if (Minute(bars[i].End) >= (number + 1) * minutes || isDayOver) longer.Add((i, bars[i].Close));
            else if (Minute(bars[i + 1].Start) / minutes != number) longer.Add((i + 1, bars[i].Close));
        }
        return longer;
    }
}

internal sealed class NaiveDonchian(BacktestMarket market, IReadOnlyList<NaiveBar> bars, decimal volume, int channel, int atr, decimal stop) : NaiveStrategy(market, bars)
{
    private const string Stop = "stop";
    private readonly List<decimal> _ranges = [];

    protected override IEnumerable<Wish> OnBar(int bar)
    {
        var (close, held) = (Bars[bar].Close, Math.Sign(Book.Net));
        var signal = close > Highest(bar - channel, bar - 1) ? 1 : close < Lowest(bar - channel, bar - 1) ? -1 : 0;
        if (signal != 0 && signal != held) return [new(WishKind.MoveTo, Volume: signal * volume)];
        if (held == 0) return [];
        var level = Level(close, held, bar);
        return Book.StopPrice is { } standing && (held > 0 ? level <= standing : level >= standing) ? [] : StopAt(level, held);
    }

    protected override IEnumerable<Wish> OnFill(NaiveFill fill)
    {
        var held = Math.Sign(Book.Net);
        return fill.Offset == Offset.Open && held != 0 ? StopAt(Level(fill.Price, held, Book.Bar - 1), held) : [];
    }

    protected override IEnumerable<Wish> OnEnd(object tag, decimal price, string state) => state == "Cancelled" && Book.Net != 0 ? StopAt(price, Math.Sign(Book.Net)) : [];

    private IEnumerable<Wish> StopAt(decimal level, int held) => level <= 0
        ? [new(WishKind.CancelStops)]
        : [new(WishKind.CancelStops), new(WishKind.Place, held > 0 ? OrderSide.Sell : OrderSide.Buy, Offset.Close, Math.Abs(Book.Net), StrategyOrderType.Stop, Price: level, Tag: Stop)];

    private decimal Level(decimal price, int held, int bar)
    {
        var distance = Range(bar) * stop;
        return (held > 0 ? decimal.Floor(((price - distance) / Tick) + 0.000001m) : decimal.Ceiling(((price + distance) / Tick) - 0.000001m)) * Tick;
    }

    private decimal Range(int bar)
    {
        for (var i = _ranges.Count; i <= bar; i++)
        {
            var range = i == 0 ? 0 : new[] { Bars[i].High - Bars[i].Low, Math.Abs(Bars[i].High - Bars[i - 1].Close), Math.Abs(Bars[i].Low - Bars[i - 1].Close) }.Max();
            _ranges.Add(i == 0 ? 0 : i <= atr ? _ranges[i - 1] + (range / atr) : (_ranges[i - 1] * (atr - 1) / atr) + (range / atr));
        }
        return _ranges[bar];
    }
}

internal sealed class NaiveGrid(BacktestMarket market, IReadOnlyList<NaiveBar> bars, decimal volume, decimal spacing, int count, string direction, int stop) : NaiveStrategy(market, bars)
{
    private readonly List<Line> _lines = [];
    private bool _closing;
    private decimal _centre, _apart;

    protected override IEnumerable<Wish> OnBar(int bar)
    {
        var close = Bars[bar].Close;
        if (_lines.Count == 0)
        {
            if (_closing && Book.HoldsAny) return Book.HasWorking ? [] : [new(WishKind.MoveTo)];
            _closing = false;
            Lay(close);
        }
        if (stop > 0 && Math.Abs(close - _centre) >= (count + stop) * _apart)
        {
            _lines.Clear();
            _closing = true;
            return [new(WishKind.MoveTo)];
        }
        return _lines.SelectMany(Next);
    }

    protected override IEnumerable<Wish> OnFill(NaiveFill fill)
    {
        if (fill.Tag is not Line line || !_lines.Contains(line)) return [];
        line.Held += fill.Offset == Offset.Open ? fill.Volume : -fill.Volume;
        if (fill.Left > 0) return [];
        line.IsWorking = false;
        return Next(line);
    }

    protected override IEnumerable<Wish> OnEnd(object tag, decimal price, string state)
    {
        if (tag is not Line line || !_lines.Contains(line)) return [];
        line.IsWorking = false;
        if (state == "Rejected") line.RestsOn = Bars[Book.Bar].Day;
        return Next(line);
    }

    private void Lay(decimal close)
    {
        (_centre, _apart) = (close, Math.Max(1, decimal.Round(close / Tick * spacing / 100)) * Tick);
        for (var k = 1; k <= count; k++)
        {
            if (direction != "short" && close - (k * _apart) > 0) _lines.Add(new() { IsLong = true, Open = close - (k * _apart), Close = close - ((k - 1) * _apart) });
            if (direction != "long") _lines.Add(new() { IsLong = false, Open = close + (k * _apart), Close = close + ((k - 1) * _apart) });
        }
    }

    private IEnumerable<Wish> Next(Line line)
    {
        if (line.IsWorking || line.RestsOn == Bars[Book.Bar].Day) return [];
        line.IsWorking = true;
        var closes = line.Held > 0;
        return [new(
            WishKind.Place, line.IsLong == closes ? OrderSide.Sell : OrderSide.Buy, closes ? Offset.Close : Offset.Open, closes ? line.Held : volume, StrategyOrderType.Limit,
            Price: closes ? line.Close : line.Open, Tag: line)];
    }

    private sealed class Line
    {
        public required bool IsLong { get; init; }
        public required decimal Open { get; init; }
        public required decimal Close { get; init; }
        public decimal Held { get; set; }
        public bool IsWorking { get; set; }
        public DateOnly? RestsOn { get; set; }
    }
}

internal sealed class NaiveOpening(BacktestMarket market, IReadOnlyList<NaiveBar> bars, Func<NaiveBar, DateTimeOffset>? openOf, decimal budget, int delay, int window, bool skipHeld) : NaiveStrategy(market, bars)
{
    private DateOnly? _done;
    private NaiveBar? _first;

    protected override IEnumerable<Wish> OnBar(int bar)
    {
        var now = Bars[bar];
        if (_first?.Day != now.Day) _first = now;
        var from = (openOf?.Invoke(now) ?? _first.Start).AddMinutes(delay);
        if (now.End < from || now.End >= from.AddMinutes(window) || _done == now.Day) return [];
        _done = now.Day;
        var step = Market.Contract.VolumeStep;
        var volume = decimal.Floor(budget / (now.Close * Market.Contract.Multiplier) / step) * step;
        return volume == 0 || (skipHeld && Book.Net != 0) ? [] : [new(WishKind.Place, OrderSide.Buy, Offset.Open, volume)];
    }
}

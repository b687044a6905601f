namespace QuantDash.Core.Strategies.Grid;

/// <summary>Resting limit orders on lines around a centre: buys below and sells one line higher, sells above and buys back one line lower. Beyond its outermost lines it can close everything and
/// begin anew.</summary>
public sealed class GridStrategy : Strategy
{
    private static readonly DecimalParameter Spacing = new("spacing", 0.01m, 50m, 0.5m, "Distance between two lines, in percent of the centre.") { Unit = "percent" };
    private static readonly IntegerParameter Lines = new("lines", 1, 100, 5, "Lines on each side of the centre.") { Unit = "lines" };
    private static readonly DecimalParameter LineVolume = new("volume", 0.00000001m, 1_000_000m, 1m, "Lots, shares or units of each line.") { Unit = "units" };
    private static readonly ChoiceParameter Direction = new("direction", ["both", "long", "short"], "both", "Which side it may hold: lines below the centre buy, lines above it sell short.");
    private static readonly IntegerParameter Stop = new(
        "stop", 0, 100, 2, "Spacings beyond the outermost line at which a close ends the grid: everything is closed, and a new one begins around the price after it. 0: never.") { Unit = "lines" };

    private readonly decimal _percent;
    private readonly int _count;
    private readonly int _stop;
    private readonly decimal _volume;
    private readonly string _direction;
    private readonly List<GridLine> _lines = [];
    private bool _isClosing;
    private long _centre;
    private long _spacing;

    public GridStrategy(ParameterValues values)
    {
        (_percent, _count, _stop) = (values.Of(Spacing), values.Of(Lines), values.Of(Stop));
        (_volume, _direction) = (values.Of(LineVolume), values.Of(Direction));
    }

    public static StrategyDefinition Definition { get; } = new()
    {
        Name = "grid",
        Description = "Resting limit orders on lines around a centre: buys below and sells one line higher, sells above and buys back one line lower. Beyond its outermost lines it can close everything and begin anew.",
        Parameters = [Spacing, Lines, LineVolume, Direction, Stop],
        Create = values => new GridStrategy(values),
        TakesOneInstrument = true,
        WarmUpBars = _ => 0,
    };

    /// <summary>The grid of the last run goes on: its centre, and what each line holds.</summary>
    public override void OnStart(IStrategyContext context)
    {
        _isClosing = context.State.Number("closing") is not null;
        if (context.Instruments is not [var instrument, ..] || context.State.Number("centre") is not { } centre || context.State.Number("spacing") is not { } spacing) return;
        Lay((long)centre, (long)spacing);
        var (longs, shorts) = (instrument.Long.Volume, instrument.Short.Volume);
        foreach (var line in _lines)
        {
            // Never more than is there: somebody may have closed some of it meanwhile.
            ref var left = ref (line.IsLong ? ref longs : ref shorts);
            line.Held = Math.Min(context.State.Number(KeyOf(line)) ?? 0m, left);
            left -= line.Held;
        }
        foreach (var order in instrument.WorkingOrders)
            if (_lines.Find(line => line.Order is null && line.Wants(order)) is { } owner) owner.Order = order;
    }

    public override void OnBar(IStrategyContext context, IStrategyInstrument instrument, in StrategyBar bar)
    {
        if (context.IsWarmingUp) return;
        if (_lines.Count == 0 && !Begin(context, instrument, bar.CloseTicks)) return;
        if (_stop > 0 && Math.Abs(bar.CloseTicks - _centre) >= (_count + _stop) * _spacing) End(context, instrument);
        else
            foreach (var line in _lines) Work(context, instrument, line);
    }

    public override void OnFill(IStrategyContext context, in StrategyFill fill)
    {
        var order = fill.Order;
        if (_lines.Find(line => line.Order == order) is not { } line) return;
        line.Take(fill);
        context.State.Set(KeyOf(line), line.Held);
        if (order.Remaining > 0m) return;
        line.Order = null;
        Work(context, order.Instrument, line);
    }

    /// <summary>What ended with its day stands again; what was refused waits for the next.</summary>
    public override void OnOrder(IStrategyContext context, StrategyOrder order)
    {
        if (order.IsWorking || _lines.Find(line => line.Order == order) is not { } line) return;
        line.Order = null;
        if (order.State == StrategyOrderState.Rejected) line.RestsOn = context.TradingDay;
        else Work(context, order.Instrument, line);
    }

    private bool Begin(IStrategyContext context, IStrategyInstrument instrument, long close)
    {
        if (_isClosing && (instrument.Long.Volume != 0m || instrument.Short.Volume != 0m))
        {
            if (instrument.WorkingOrders.Count == 0) context.MoveTo(instrument, 0m);
            return false;
        }
        _isClosing = false;
        context.State.Forget("closing");
        Lay(close, Math.Max(1L, (long)decimal.Round(close * _percent / 100m)));
        context.State.Set("centre", _centre);
        context.State.Set("spacing", _spacing);
        context.Log($"a grid around {_centre * instrument.PriceTick}, lines {_spacing * instrument.PriceTick} apart");
        return _lines.Count > 0;
    }

    private void Lay(long centre, long spacing)
    {
        (_centre, _spacing) = (centre, spacing);
        for (var k = 1; k <= _count; k++)
        {
            if (_direction != "short" && centre - (k * spacing) > 0) _lines.Add(new(-k, centre, spacing));
            if (_direction != "long") _lines.Add(new(k, centre, spacing));
        }
    }

    private void End(IStrategyContext context, IStrategyInstrument instrument)
    {
        context.Log($"the price is {_stop} spacings beyond the grid: everything is closed");
        foreach (var line in _lines) context.State.Forget(KeyOf(line));
        context.State.Forget("centre");
        context.State.Forget("spacing");
        _lines.Clear();
        _isClosing = true;
        context.State.Set("closing", 1m);
        context.MoveTo(instrument, 0m);
    }

    private void Work(IStrategyContext context, IStrategyInstrument instrument, GridLine line)
    {
        if (line.Order is not null || line.RestsOn == context.TradingDay) return;
        var order = context.Place(line.Next(instrument, _volume));
        line.Order = order;
    }

    private static string KeyOf(GridLine line) => $"line.{line.Number}";
}

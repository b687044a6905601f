using QuantDash.Core.Strategies;

/// <summary>Long while the close is above its average, flat below it.</summary>
public sealed class MyStrategy : Strategy
{
    // What can be set: in the form of the page, and with --set on the command line.
    private static readonly IntegerParameter AverageBars = new("bars", 2, 500, 20, "Bars of the average.") { Unit = "bars" };
    private static readonly DecimalParameter Lots = new("volume", 0m, 1_000_000m, 1m, "Lots, shares or units of a position.") { Unit = "units" };

    private readonly Queue<double> _closes = new();
    private readonly int _bars;
    private readonly decimal _volume;

    public MyStrategy(ParameterValues values) => (_bars, _volume) = (values.Of(AverageBars), values.Of(Lots));

    // QuantDash finds the strategy by this property.
    public static StrategyDefinition Definition { get; } = new()
    {
        Name = "my-strategy",
        Description = "Long while the close is above its average, flat below it.",
        Parameters = [AverageBars, Lots],
        Create = values => new MyStrategy(values),
        WarmUpBars = values => values.Of(AverageBars),
    };

    public override void OnBar(IStrategyContext context, IStrategyInstrument instrument, in StrategyBar bar)
    {
        _closes.Enqueue(bar.Close);
        if (_closes.Count > _bars) _closes.Dequeue();

        // Until the average has all its bars, orders are refused.
        if (context.IsWarmingUp) return;

        var average = _closes.Average();
        var wanted = bar.Close > average ? _volume : 0m;
        if (wanted == instrument.Net) return;

        // A line in its log, and an order: filled on the next bar at the earliest.
        context.Log($"close {bar.Close}, average {average:0.####}: {wanted}");
        context.MoveTo(instrument, wanted);
    }
}

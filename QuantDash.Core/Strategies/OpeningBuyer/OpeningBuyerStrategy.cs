using System.Globalization;

namespace QuantDash.Core.Strategies.OpeningBuyer;

/// <summary>Buys each symbol of a watch list once a day when the morning session opens, for a budget, in whole lots. It never sells.</summary>
/// <remarks>That a symbol's day is done is noted before its order goes out: neither a restart nor a refusal buys twice.</remarks>
public sealed class OpeningBuyerStrategy : Strategy
{
    private static readonly DecimalParameter Budget = new(
        "budget", 1m, 1_000_000_000m, 10_000m, "Money for each symbol and day, in its currency: the largest whole number of steps (lots, shares) that it pays for.") { Unit = "money" };
    private static readonly IntegerParameter Delay = new("delay", 0, 240, 0, "Minutes after the opening before it buys.") { Unit = "minutes" };
    private static readonly IntegerParameter Window = new("window", 1, 240, 30, "Minutes from then on in which it may still buy; afterwards it waits for the next day.") { Unit = "minutes" };
    private static readonly IntegerParameter Protect = new("protect", 0, 1000, 0, "Ticks above the best price known that its limit order may pay; 0: a market order.") { Unit = "ticks" };
    private static readonly SwitchParameter SkipHeld = new("skip_held", true, "Buys only what it does not hold yet; otherwise it adds its budget every day.");

    private readonly decimal _budget;
    private readonly TimeSpan _delay;
    private readonly TimeSpan _window;
    private readonly int _protect;
    private readonly bool _skipsHeld;

    public OpeningBuyerStrategy(ParameterValues values)
    {
        (_budget, _protect, _skipsHeld) = (values.Of(Budget), values.Of(Protect), values.Of(SkipHeld));
        (_delay, _window) = (TimeSpan.FromMinutes(values.Of(Delay)), TimeSpan.FromMinutes(values.Of(Window)));
    }

    public static StrategyDefinition Definition { get; } = new()
    {
        Name = "opening-buyer",
        Description = "Buys each symbol of a watch list once a day when the morning session opens, for a budget, in whole lots. It never sells.",
        Parameters = [Budget, Delay, Window, Protect, SkipHeld],
        Create = values => new OpeningBuyerStrategy(values),
        WarmUpBars = _ => 0,
    };

    public override void OnTick(IStrategyContext context, IStrategyInstrument instrument, in StrategyTick tick) => Look(context, instrument);

    public override void OnBar(IStrategyContext context, IStrategyInstrument instrument, in StrategyBar bar) => Look(context, instrument);

    public override void OnOrder(IStrategyContext context, StrategyOrder order)
    {
        if (order.Reason is { } reason) context.Log($"{order.Instrument.Symbol}: {reason}");
    }

    private void Look(IStrategyContext context, IStrategyInstrument instrument)
    {
        if (context.IsWarmingUp || instrument.LastTicks <= 0 || !IsTime(context.Now, instrument.MorningOpen)) return;
        var day = $"bought.{instrument.Symbol}";
        if (context.State.Day(day) is { } done && done >= context.TradingDay) return;
        context.State.Set(day, context.TradingDay);
        if (_skipsHeld && instrument.Net != 0m) context.Log(Write($"{instrument.Symbol}: {instrument.Net} held, nothing is bought today"));
        else Buy(context, instrument);
    }

    private bool IsTime(DateTimeOffset now, DateTimeOffset? open) => now >= open + _delay && now < open + _delay + _window;

    private void Buy(IStrategyContext context, IStrategyInstrument instrument)
    {
        var price = (instrument.AskTicks ?? instrument.LastTicks) + _protect;
        var value = price * instrument.PriceTick * instrument.Multiplier;
        var volume = instrument.FloorVolume(_budget / value);
        if (volume <= 0m)
        {
            context.Log(Write($"{instrument.Symbol}: {_budget} does not pay for {instrument.VolumeStep} at {value} each, nothing is bought today"));
            return;
        }
        var intent = OrderIntent.BuyOpen(instrument, volume);
        context.Place(_protect > 0 ? intent.AtLimit(price) : intent);
    }

    private static string Write(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

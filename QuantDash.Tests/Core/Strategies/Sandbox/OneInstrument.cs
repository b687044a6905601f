using QuantDash.Core.Markets.History;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;

namespace QuantDash.Tests.Core.Strategies.Sandbox;

/// <summary>A host's context and its only instrument, set by the test; nothing can be done through it.</summary>
internal abstract class OneInstrument : IStrategyContext, IStrategyInstrument
{
    private static readonly BarShape Shape = new(new PriceScale(0.01m), Timeframe.Minutes(1));
    private readonly List<StrategyOrder> _working = [];

    public DateTimeOffset Now { get; } = new(2024, 3, 4, 10, 0, 0, TimeSpan.FromHours(8));
    public DateOnly TradingDay { get; } = new(2024, 3, 4);
    public bool IsWarmingUp => false;
    public IReadOnlyList<IStrategyInstrument> Instruments => [this];
    public decimal Equity => 1000m;
    public decimal Available => 900m;
    public StrategyState State { get; } = new();
    public Symbol Symbol { get; } = Symbol.ParseCanonical("US.SPY");
    public decimal PriceTick => 0.01m;
    public decimal Multiplier => 1m;
    public decimal VolumeStep => 1m;
    public Currency Currency => Currency.Usd;
    public bool HoldsBothSides => false;
    public long LastTicks { get; set; }
    public long? BidTicks => LastTicks - 1;
    public long? AskTicks => LastTicks + 1;
    public StrategyLeg Long => default;
    public StrategyLeg Short => default;
    public decimal Net => 0m;
    public IReadOnlyList<StrategyOrder> WorkingOrders => [.. _working];

    /// <summary>An order that the host has, asked for by the strategy under <paramref name="handle"/> or, with 0, made by the host.</summary>
    public StrategyOrder Order(int number, long handle)
    {
        var order = new StrategyOrder(number, OrderIntent.BuyOpen(this, 2m)) { Handle = handle };
        _working.Add(order);
        return order;
    }

    public StrategyBar BarOf(long close) => new(Shape, Now.ToUnixTimeMilliseconds(), close, close, close, close, 1);

    public StrategyTick TickOf(long last) => new(Now.ToUnixTimeMilliseconds(), last, last - 1, last + 1, 1, 1, 1);

    public double PriceOf(long ticks) => Shape.Scale.PriceOf(ticks);

    public decimal FloorVolume(decimal volume) => decimal.Floor(volume);

    public StrategyOrder Place(in OrderIntent intent) => throw new NotSupportedException();

    public void Cancel(StrategyOrder order) => throw new NotSupportedException();

    public void MoveTo(IStrategyInstrument instrument, decimal net) => throw new NotSupportedException();

    public void SetTimer(string name, DateTimeOffset due) => throw new NotSupportedException();

    public void Log(string message) => throw new NotSupportedException();
}

using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;

namespace QuantDash.Tests.Core.Strategies;

/// <summary>A host worked by hand: a test sets time and prices, and reads what was asked for. Nothing is filled unless it says so.</summary>
internal sealed class HandHost(params HandInstrument[] instruments) : IStrategyContext
{
    public DateTimeOffset Now { get; set; }
    public DateOnly TradingDay { get; set; }
    public bool IsWarmingUp { get; set; }
    public IReadOnlyList<IStrategyInstrument> Instruments => instruments;
    public decimal Equity => 1_000_000m;
    public decimal Available => 1_000_000m;
    public StrategyState State { get; init; } = new();
    public List<StrategyOrder> Orders { get; } = [];
    public List<string> Lines { get; } = [];

    /// <summary>Why every order is refused; null: it is not.</summary>
    public string? Refusal { get; set; }

    public StrategyOrder Place(in OrderIntent intent)
    {
        var order = new StrategyOrder(Orders.Count + 1, intent);
        if (Refusal is { } reason) (order.State, order.Reason) = (StrategyOrderState.Rejected, reason);
        else ((HandInstrument)intent.Instrument).Working.Add(order);
        Orders.Add(order);
        return order;
    }

    public void Cancel(StrategyOrder order) => End(order, StrategyOrderState.Cancelled);

    public void MoveTo(IStrategyInstrument instrument, decimal net) => throw new NotSupportedException("Nothing here moves.");

    public void SetTimer(string name, DateTimeOffset due)
    {
    }

    public void Log(string message) => Lines.Add(message);

    public static void End(StrategyOrder order, StrategyOrderState state)
    {
        order.State = state;
        ((HandInstrument)order.Instrument).Working.Remove(order);
    }
}

internal sealed class HandInstrument(string symbol, decimal priceTick, decimal volumeStep = 1m, decimal multiplier = 1m) : IStrategyInstrument
{
    private readonly PriceScale _scale = new(priceTick);

    public Symbol Symbol { get; } = Symbol.ParseCanonical(symbol);
    public decimal PriceTick => priceTick;
    public decimal Multiplier => multiplier;
    public decimal VolumeStep => volumeStep;
    public Currency Currency => Currency.Usd;
    public bool HoldsBothSides => true;
    public long LastTicks { get; set; }
    public long? BidTicks => null;
    public long? AskTicks { get; set; }
    public DateTimeOffset? MorningOpen { get; set; }
    public StrategyLeg Long { get; set; }
    public StrategyLeg Short { get; set; }
    public decimal Net => Long.Volume - Short.Volume;
    public List<StrategyOrder> Working { get; } = [];
    public IReadOnlyList<StrategyOrder> WorkingOrders => [.. Working];

    public double PriceOf(long ticks) => _scale.PriceOf(ticks);

    public decimal FloorVolume(decimal volume) => decimal.Floor(volume / volumeStep) * volumeStep;
}

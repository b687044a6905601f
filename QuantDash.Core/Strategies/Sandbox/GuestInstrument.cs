using QuantDash.Core.Primitives;

namespace QuantDash.Core.Strategies.Sandbox;

/// <summary>A contract as the process of a strategy last heard of it.</summary>
internal sealed class GuestInstrument : IStrategyInstrument
{
    private readonly PriceScale _scale;
    private readonly List<StrategyOrder> _working = [];

    public GuestInstrument(MessageReader message)
    {
        Symbol = Symbol.ParseCanonical(message.Text());
        (PriceTick, Multiplier, VolumeStep) = (message.Exact(), message.Exact(), message.Exact());
        Currency = new(message.Text());
        HoldsBothSides = message.Flag();
        _scale = new(PriceTick);
    }

    public Symbol Symbol { get; }
    public decimal PriceTick { get; }
    public decimal Multiplier { get; }
    public decimal VolumeStep { get; }
    public Currency Currency { get; }
    public bool HoldsBothSides { get; }
    public long LastTicks { get; internal set; }
    public long? BidTicks { get; private set; }
    public long? AskTicks { get; private set; }
    public StrategyLeg Long { get; private set; }
    public StrategyLeg Short { get; private set; }
    public decimal Net => Long.Volume - Short.Volume;
    public IReadOnlyList<StrategyOrder> WorkingOrders => [.. _working];

    public double PriceOf(long ticks) => _scale.PriceOf(ticks);

    public decimal FloorVolume(decimal volume) => decimal.Floor(volume / VolumeStep) * VolumeStep;

    public static void Tell(MessageWriter message, IStrategyInstrument instrument)
    {
        message.Text(instrument.Symbol.ToString());
        message.Exact(instrument.PriceTick);
        message.Exact(instrument.Multiplier);
        message.Exact(instrument.VolumeStep);
        message.Text(instrument.Currency.Code);
        message.Flag(instrument.HoldsBothSides);
    }

    public void Take(in InstrumentLook look) =>
        (LastTicks, BidTicks, AskTicks, Long, Short) = (look.LastTicks, look.BidTicks, look.AskTicks, look.Long, look.Short);

    public void Add(StrategyOrder order) => _working.Add(order);

    public void RemoveEnded() => _working.RemoveAll(order => !order.IsWorking);
}

/// <summary>What of a contract changes: told again whenever it is not what was told last.</summary>
internal readonly record struct InstrumentLook(long LastTicks, long? BidTicks, long? AskTicks, StrategyLeg Long, StrategyLeg Short)
{
    public static InstrumentLook Of(IStrategyInstrument instrument) => new(instrument.LastTicks, instrument.BidTicks, instrument.AskTicks, instrument.Long, instrument.Short);

    public static InstrumentLook Read(MessageReader message) => new(message.Long(), Price(message), Price(message), Leg(message), Leg(message));

    public void Write(MessageWriter message)
    {
        message.Long(LastTicks);
        Write(message, BidTicks);
        Write(message, AskTicks);
        Write(message, Long);
        Write(message, Short);
    }

    private static void Write(MessageWriter message, long? price)
    {
        message.Flag(price is not null);
        if (price is { } ticks) message.Long(ticks);
    }

    private static void Write(MessageWriter message, in StrategyLeg leg)
    {
        message.Flag(leg.Volume != 0m || leg.AverageOpenPrice is not null);
        if (leg.Volume == 0m && leg.AverageOpenPrice is null) return;
        message.Exact(leg.Volume);
        message.Exact(leg.Today);
        message.Flag(leg.AverageOpenPrice is not null);
        if (leg.AverageOpenPrice is { } average) message.Exact(average);
    }

    private static long? Price(MessageReader message) => message.Flag() ? message.Long() : null;

    private static StrategyLeg Leg(MessageReader message) => message.Flag() ? new(message.Exact(), message.Exact(), message.Flag() ? message.Exact() : null) : default;
}

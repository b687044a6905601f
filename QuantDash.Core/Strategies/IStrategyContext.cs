using QuantDash.Core.Primitives;

namespace QuantDash.Core.Strategies;

/// <summary>All that a strategy may see and do. Given by whoever hosts it.</summary>
public interface IStrategyContext
{
    /// <summary>Time of the event being told.</summary>
    DateTimeOffset Now { get; }

    DateOnly TradingDay { get; }

    /// <summary>Bars of the past are being told: orders are refused until it is over.</summary>
    bool IsWarmingUp { get; }

    /// <summary>What it trades, in the order they were given.</summary>
    IReadOnlyList<IStrategyInstrument> Instruments { get; }

    /// <summary>动态权益 of the account at the latest prices.</summary>
    decimal Equity { get; }

    /// <summary>可用资金.</summary>
    decimal Available { get; }

    /// <summary>Its own notes; they are there again after a restart.</summary>
    StrategyState State { get; }

    /// <summary>Asks for an order. One that is refused at once comes back as rejected, with its reason.</summary>
    StrategyOrder Place(in OrderIntent intent);

    /// <summary>Nothing happens when it is over already.</summary>
    void Cancel(StrategyOrder order);

    /// <summary>Works towards a net position (long − short): takes back what it works on for this instrument, closes what is on the wrong side or too much, opens the rest.</summary>
    void MoveTo(IStrategyInstrument instrument, decimal net);

    /// <summary>Tells <see cref="IStrategy.OnTimer"/> at the first event at or after <paramref name="due"/>. The same name replaces.</summary>
    void SetTimer(string name, DateTimeOffset due);

    void Log(string message);
}

/// <summary>One contract as a strategy sees it.</summary>
public interface IStrategyInstrument
{
    Symbol Symbol { get; }

    /// <summary>最小变动价位.</summary>
    decimal PriceTick { get; }

    /// <summary>Money per point and unit of volume.</summary>
    decimal Multiplier { get; }

    /// <summary>Volumes are whole multiples of it.</summary>
    decimal VolumeStep { get; }

    Currency Currency { get; }

    /// <summary>Whether long and short can be held together.</summary>
    bool HoldsBothSides { get; }

    /// <summary>Latest price in ticks; 0 before the first.</summary>
    long LastTicks { get; }

    /// <summary>Best bid in ticks; null where none is known (bars).</summary>
    long? BidTicks { get; }
    long? AskTicks { get; }

    /// <summary>早盘开盘: when continuous trading of the trading day's day session begins. Null: its host does not know.</summary>
    DateTimeOffset? MorningOpen => null;

    StrategyLeg Long { get; }
    StrategyLeg Short { get; }

    /// <summary>Long − short.</summary>
    decimal Net { get; }

    /// <summary>Its own orders that are not over, oldest first.</summary>
    IReadOnlyList<StrategyOrder> WorkingOrders { get; }

    /// <summary>The double of a price in ticks: what reading its decimal text gives.</summary>
    double PriceOf(long ticks);

    /// <summary>Largest volume of whole steps that is not above <paramref name="volume"/>.</summary>
    decimal FloorVolume(decimal volume);
}

/// <summary>One leg: its volume, how much of it was opened today, and 开仓均价 (null when flat).</summary>
public readonly record struct StrategyLeg(decimal Volume, decimal Today, decimal? AverageOpenPrice)
{
    public decimal Yesterday => Volume - Today;
}

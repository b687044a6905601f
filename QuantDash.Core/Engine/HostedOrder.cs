using QuantDash.Core.Hosting;
using QuantDash.Core.Strategies;

namespace QuantDash.Core.Engine;

/// <summary>Where an order of a strategy is.</summary>
internal enum HostedStage
{
    /// <summary>Asked for in this step; it is decided at its end.</summary>
    Asked,

    /// <summary>Held back until own orders in its way have ended.</summary>
    Waiting,

    /// <summary>A stop whose level was not seen yet.</summary>
    Armed,

    /// <summary>Filled on paper by the quotes that follow.</summary>
    Shadow,

    /// <summary>It became orders of the account.</summary>
    Sent,
    Over,
}

/// <summary>An order of a strategy with the signal that it is kept as.</summary>
internal sealed class HostedOrder(StrategyOrder order, HostedInstrument instrument, StrategySignal signal)
{
    public StrategyOrder Order { get; } = order;
    public HostedInstrument Instrument { get; } = instrument;
    public HostedStrategy Owner => Instrument.Owner;
    public StrategySignal Signal { get; set; } = signal;
    public StrategySignal? SavedSignal { get; set; }
    public HostedStage Stage { get; set; }

    /// <summary>What went out: less than was asked for where less was held.</summary>
    public decimal SentVolume { get; set; }

    /// <summary>Since when it waits.</summary>
    public DateTimeOffset? WaitsSince { get; set; }

    public bool Opens => Order.Offset == Core.Orders.Offset.Open;

    /// <summary>What it may still trade.</summary>
    public decimal Open => Stage == HostedStage.Sent ? SentVolume - Order.FilledVolume : Order.Remaining;
}

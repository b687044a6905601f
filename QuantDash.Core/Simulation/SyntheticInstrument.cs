using QuantDash.Core.Primitives;

namespace QuantDash.Core.Simulation;

/// <summary>How one contract of a <see cref="SyntheticMarket"/> behaves.</summary>
public sealed record SyntheticInstrument
{
    public required Symbol Symbol { get; init; }
    public required decimal PriceTick { get; init; }

    /// <summary>Money per point, for the turnover.</summary>
    public required decimal Multiplier { get; init; }

    /// <summary>Where it starts; after the script it wanders around <see cref="HomePrice"/>.</summary>
    public required double StartPrice { get; init; }
    public required double HomePrice { get; init; }
    public required double PreSettlement { get; init; }

    /// <summary>涨跌停 as a fraction of the previous settlement.</summary>
    public required double PriceLimit { get; init; }

    /// <summary>Wandering per square root of a second in calm trading, as a fraction of the price.</summary>
    public double Volatility { get; init; } = 0.00015;

    /// <summary>How far quotes flicker around the path, in ticks, at most.</summary>
    public double FlickerTicks { get; init; } = 6;

    /// <summary>Typical lots at the best price.</summary>
    public double Depth { get; init; } = 120;
    public double OpenInterest { get; init; } = 400_000;

    /// <summary>Points the path passes, in order of time; empty: it wanders from the start.</summary>
    public IReadOnlyList<ScriptPoint> Script { get; init; } = [];
}

/// <summary>The path is at <see cref="Price"/> when <see cref="After"/> has passed since the start; straight lines between.</summary>
public readonly record struct ScriptPoint(TimeSpan After, double Price);

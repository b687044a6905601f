namespace QuantDash.Core.Strategies.Sandbox;

/// <summary>A strategy to which the way is long: where nothing but bars can happen it is told several at once, and does the same as if it were told one by one.</summary>
public interface IBatchedStrategy
{
    /// <summary>Tells it bars of one trading day, the first of which is the present one, until it acts.</summary>
    /// <returns>How many it was told, ≥ 1. Only on the last of them did it do anything, and that waits for <see cref="Act"/>.</returns>
    int OnBars(IStrategyContext context, IStrategyInstrument instrument, ReadOnlySpan<BarAhead> bars);

    /// <summary>Does what it asked for, at the time of the last bar it was told.</summary>
    void Act(IStrategyContext context);
}

using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;

namespace QuantDash.Core.Hosting;

/// <summary>Bars of the past that a strategy is told before its first live one, oldest first; loaded before the engine is asked to start it.</summary>
public sealed record StrategyWarmUp(IReadOnlyList<PastBar> Bars)
{
    public static StrategyWarmUp None { get; } = new([]);
}

/// <summary>A bar that was complete before a strategy began.</summary>
public sealed record PastBar(Symbol Symbol, DateOnly TradingDay, StrategyBar Bar);

/// <summary>Where the bars for a warm-up come from. Never asked on the trading thread.</summary>
public interface IStrategyHistory
{
    /// <summary>What <paramref name="instance"/> should be told before it starts at <paramref name="now"/>; nothing where none is stored.</summary>
    Task<StrategyWarmUp> LoadAsync(StrategyInstance instance, StrategyDefinition definition, DateTimeOffset now, CancellationToken stop);
}

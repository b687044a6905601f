using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Strategies;

namespace QuantDash.Core.Backtesting.Ticks;

/// <summary>What became of one contract in a backtest over ticks. A round trip's entry and exit, and each position, name the fill: its index among those of the contract.</summary>
/// <param name="Bars">In the strategy's length, cut as those it was told.</param>
/// <param name="Positions">After each fill.</param>
public sealed record PlayedContract(
    Contract Contract, IReadOnlyList<Bar> Bars, IReadOnlyList<BacktestTrade> RoundTrips, IReadOnlyList<PositionChange> Positions, StrategyLeg OpenLong, StrategyLeg OpenShort);

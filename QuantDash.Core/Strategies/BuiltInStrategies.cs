using QuantDash.Core.Strategies.Bollinger;
using QuantDash.Core.Strategies.DonchianTrend;
using QuantDash.Core.Strategies.Grid;
using QuantDash.Core.Strategies.MovingAverageCross;
using QuantDash.Core.Strategies.MultiTimeframeMomentum;
using QuantDash.Core.Strategies.OpeningBuyer;
using QuantDash.Core.Strategies.RsiReversal;
using QuantDash.Core.Strategies.VolumeBreakout;

namespace QuantDash.Core.Strategies;

/// <summary>The strategies that come with the program.</summary>
public static class BuiltInStrategies
{
    public static IReadOnlyList<StrategyDefinition> All { get; } =
    [
        SmaCross.Definition, DonchianBreakout.Definition, RsiReversalStrategy.Definition, BollingerStrategy.Definition, VolumeBreakoutStrategy.Definition, MultiTimeframeMomentumStrategy.Definition,
        GridStrategy.Definition, OpeningBuyerStrategy.Definition,
    ];

    /// <summary>Null when there is none of that name.</summary>
    public static StrategyDefinition? Find(string name) => All.FirstOrDefault(definition => definition.Name == name);
}

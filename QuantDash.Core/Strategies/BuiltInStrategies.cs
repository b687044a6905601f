using QuantDash.Core.Strategies.DonchianTrend;
using QuantDash.Core.Strategies.MovingAverageCross;

namespace QuantDash.Core.Strategies;

/// <summary>The strategies that come with the program.</summary>
public static class BuiltInStrategies
{
    public static IReadOnlyList<StrategyDefinition> All { get; } = [SmaCross.Definition, DonchianBreakout.Definition];

    /// <summary>Null when there is none of that name.</summary>
    public static StrategyDefinition? Find(string name) => All.FirstOrDefault(definition => definition.Name == name);
}

using QuantDash.Core.Strategies;

namespace QuantDash.Core.Hosting;

/// <summary>The strategies that can be chosen: built in, and the trader's own.</summary>
public interface IStrategyDefinitions
{
    IReadOnlyList<StrategyDefinition> All { get; }

    /// <summary>Null when there is none of that name.</summary>
    StrategyDefinition? Find(string name);
}

/// <summary>Those that come with the program.</summary>
public sealed class BuiltInDefinitions : IStrategyDefinitions
{
    public IReadOnlyList<StrategyDefinition> All => BuiltInStrategies.All;

    public StrategyDefinition? Find(string name) => BuiltInStrategies.Find(name);
}

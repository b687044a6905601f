using QuantDash.Core.Strategies;

namespace QuantDash.Web.Trading;

/// <summary>A place strategies come from.</summary>
public interface IStrategyCatalogue
{
    /// <summary>As they are now; names are unique within one catalogue.</summary>
    IReadOnlyList<StrategyDefinition> Definitions { get; }
}

/// <summary>Every strategy that can be chosen, whoever brings it. A name that two bring is the first one's.</summary>
public sealed class StrategyDefinitions(IEnumerable<IStrategyCatalogue> catalogues)
{
    private readonly IStrategyCatalogue[] _catalogues = [.. catalogues];

    /// <summary>By name.</summary>
    public IReadOnlyList<StrategyDefinition> All =>
        [.. _catalogues.SelectMany(catalogue => catalogue.Definitions).DistinctBy(definition => definition.Name).OrderBy(definition => definition.Name, StringComparer.Ordinal)];

    /// <summary>Null when there is none of that name.</summary>
    public StrategyDefinition? Find(string name) => All.FirstOrDefault(definition => definition.Name == name);
}

/// <summary>Those that come with the program.</summary>
internal sealed class BuiltInCatalogue : IStrategyCatalogue
{
    public IReadOnlyList<StrategyDefinition> Definitions => BuiltInStrategies.All;
}

using QuantDash.Core.Hosting;
using QuantDash.Core.Strategies;

namespace QuantDash.Web.Adapters.Strategies;

/// <summary>Built-in strategies and those the last look into the folder found.</summary>
internal sealed class AllStrategies(IUserStrategies own) : IStrategyDefinitions
{
    public IReadOnlyList<StrategyDefinition> All => [.. BuiltInStrategies.All, .. own.Known];

    public StrategyDefinition? Find(string name) => BuiltInStrategies.Find(name) ?? own.Known.FirstOrDefault(definition => definition.Name == name);
}

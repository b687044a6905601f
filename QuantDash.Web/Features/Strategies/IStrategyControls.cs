using QuantDash.Core.Hosting;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;

namespace QuantDash.Web.Features.Strategies;

/// <summary>What the strategy pages do.</summary>
public interface IStrategyControls
{
    /// <summary>Those that can be chosen.</summary>
    IReadOnlyList<StrategyDefinition> Definitions { get; }

    /// <summary>What a person wrote, or all that is wrong with it.</summary>
    Outcome<StrategyRequest> Check(StrategyDraft draft);

    /// <summary>The contracts of a watch list file that the catalog knows, or everything that is wrong with it by line.</summary>
    Outcome<IReadOnlyList<Symbol>> ReadWatchList(string text);

    /// <param name="id">The one that is changed; null: a new one.</param>
    /// <param name="request">All of it.</param>
    Task<Outcome<StrategyInstance>> SaveAsync(Guid? id, StrategyRequest request);

    /// <returns>Why not; empty: done.</returns>
    Task<IReadOnlyList<Problem>> DoAsync(Guid id, StrategyDeed deed);
}

using QuantDash.Core.Primitives;

namespace QuantDash.Core.Strategies;

/// <summary>The strategies that the trader wrote: assemblies in a folder, looked into without running them here.</summary>
public interface IUserStrategies
{
    /// <summary>Where they are put.</summary>
    string Folder { get; }

    /// <summary>Those that the last look found, without waiting.</summary>
    IReadOnlyList<StrategyDefinition> Known { get; }

    /// <summary>Every file in it, in the order of their names; one that cannot be used says why.</summary>
    Task<IReadOnlyList<UserStrategyFile>> LookAsync(CancellationToken stop);
}

/// <summary>One file with strategies.</summary>
/// <param name="File">Its name, without the folder.</param>
/// <param name="Version">SHA-256, lower-case hex.</param>
/// <param name="Definitions">Those in it, each to be run in a process of its own; empty when there is a problem.</param>
/// <param name="Problem">Why it cannot be used; null: it can.</param>
public sealed record UserStrategyFile(string File, string Version, IReadOnlyList<StrategyDefinition> Definitions, Problem? Problem);

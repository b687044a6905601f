using QuantDash.Core.Markets.History;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Strategies;

/// <summary>A strategy as it can be chosen: its name, what can be set, and how one is made of the values.</summary>
public sealed record StrategyDefinition
{
    /// <summary>Version of what comes with the program.</summary>
    public const string BuiltIn = "built-in";

    /// <summary>kebab-case, as typed on the command line.</summary>
    public required string Name { get; init; }

    /// <summary>What it does, in two sentences at most.</summary>
    public required string Description { get; init; }

    public required IReadOnlyList<StrategyParameter> Parameters { get; init; }

    /// <summary>Of its code: a hash where it is the trader's own.</summary>
    public string Version { get; init; } = BuiltIn;

    /// <summary>Called with checked values only.</summary>
    public required Func<ParameterValues, IStrategy> Create { get; init; }

    /// <summary>Bars of the shortest timeframe that must have been seen before its first order. A host with history shows it as many of each longer one.</summary>
    public required Func<ParameterValues, int> WarmUpBars { get; init; }

    /// <summary>Timeframes beyond that of the bars it runs on.</summary>
    public Func<ParameterValues, IReadOnlyList<Timeframe>> Timeframes { get; init; } = _ => [];

    /// <summary>It keeps the numbers of one contract: with several they would be mixed up.</summary>
    public bool TakesOneInstrument { get; init; }

    /// <summary>What is wrong with values that are each allowed by themselves; null: nothing.</summary>
    public Func<ParameterValues, Problem?> Contradiction { get; init; } = _ => null;

    /// <summary>Values for <see cref="Create"/>, or every problem.</summary>
    public Outcome<ParameterValues> Bind(IEnumerable<KeyValuePair<string, string>> given)
    {
        var bound = ParameterValues.Bind(Parameters, given);
        return bound.Succeeded && Contradiction(bound.Value) is { } problem ? Outcome<ParameterValues>.Failure([problem]) : bound;
    }
}

using System.Globalization;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Strategies.Sandbox;

/// <summary>What follows from values of a strategy's parameters.</summary>
/// <param name="WarmUpBars">As in <see cref="StrategyDefinition.WarmUpBars"/>.</param>
/// <param name="Contradiction">What is wrong with them together; null: nothing.</param>
public sealed record StrategyTerms(int WarmUpBars, IReadOnlyList<Timeframe> Timeframes, Problem? Contradiction)
{
    internal static StrategyTerms Of(StrategyDefinition definition, ParameterValues values) => new(definition.WarmUpBars(values), definition.Timeframes(values), null);

    internal static StrategyTerms Refused(Problem problem) => new(0, [], problem);

    internal void Write(MessageWriter message)
    {
        message.Whole(WarmUpBars);
        message.Whole(Timeframes.Count);
        foreach (var timeframe in Timeframes) message.Text(timeframe.ToString());
        message.Flag(Contradiction is not null);
        if (Contradiction is null) return;
        message.Text(Contradiction.Field);
        message.Text(Contradiction.Code);
        message.Text(string.Join(", ", Contradiction.Values.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture))));
    }

    /// <summary>A code of its own cannot have a sentence: it is told as it is.</summary>
    internal static StrategyTerms Read(MessageReader message) => new(
        message.Whole(),
        [.. Enumerable.Range(0, message.Count()).Select(_ => Timeframe.TryParse(message.Text(), out var timeframe) ? timeframe : throw new FormatException("A timeframe cannot be read."))],
        message.Flag() ? new Problem(message.Text(), "strategy_refuses_values", message.Text(), message.Text()) : null);
}

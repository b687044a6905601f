using System.Collections.Concurrent;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;
using QuantDash.Core.Strategies.Sandbox;

namespace QuantDash.Web.Adapters.Strategies;

/// <summary>Makes the definition by which a strategy of the trader's is chosen, bound and backtested like any other: what follows from its values is asked of its process.</summary>
internal sealed class UserDefinition
{
    private const int MostRemembered = 256;

    private readonly string _name;
    private readonly Func<IStrategyProcess> _start;
    private readonly ConcurrentDictionary<string, StrategyTerms> _terms = new(StringComparer.Ordinal);

    private UserDefinition(string name, Func<IStrategyProcess> start) => (_name, _start) = (name, start);

    public static StrategyDefinition Of(StrategyDescription description, string version, Func<IStrategyProcess> start)
    {
        var asked = new UserDefinition(description.Name, start);
        return new()
        {
            Name = description.Name,
            Description = description.Description,
            Parameters = description.Parameters,
            Version = version,
            Create = values => new SandboxedStrategy(description.Name, values, start),
            WarmUpBars = values => asked.Terms(values).WarmUpBars,
            Timeframes = values => asked.Terms(values).Timeframes,
            Contradiction = asked.Contradiction,
        };
    }

    private Problem? Contradiction(ParameterValues values)
    {
        try
        {
            return Terms(values).Contradiction;
        }
        catch (Exception error) when (error is StrategyProcessException or StrategyGuestException or FormatException)
        {
            return new("strategy", "strategy_values_failed", _name, error.Message);
        }
    }

    private StrategyTerms Terms(ParameterValues values)
    {
        var texts = values.Texts;
        var key = string.Join('\n', texts.Select(pair => $"{pair.Key}={pair.Value}"));
        if (_terms.TryGetValue(key, out var known)) return known;
        using var process = _start();
        var terms = StrategyQuestions.ReadTerms(process.Ask(StrategyQuestions.Terms(_name, texts)));
        if (_terms.Count >= MostRemembered) _terms.Clear();
        return _terms[key] = terms;
    }
}

using System.Collections.Concurrent;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;
using QuantDash.Core.Strategies.Sandbox;
using QuantDash.Web.Configuration;

namespace QuantDash.Web.Adapters.Strategies;

/// <summary>Makes the definition by which a strategy of the trader's is chosen, bound and run like any other: what follows from its values is asked of its process, once for all values.</summary>
internal sealed class UserDefinition
{
    private const int MostRemembered = 256;

    private readonly string _name;
    private readonly StrategyProgram _program;
    private readonly ConcurrentDictionary<string, Lazy<StrategyTerms>> _terms = new(StringComparer.Ordinal);

    private UserDefinition(string name, StrategyProgram program) => (_name, _program) = (name, program);

    public static StrategyDefinition Of(StrategyDescription description, StrategyProgram program)
    {
        var asked = new UserDefinition(description.Name, program);
        return new()
        {
            Name = description.Name,
            Description = description.Description,
            Parameters = description.Parameters,
            Version = program.Version,
            Create = values => new UserStrategy(description.Name, values, program),
            WarmUpBars = values => asked.Terms(values).WarmUpBars,
            Timeframes = values => asked.Terms(values).Timeframes,
            Contradiction = asked.Contradiction,
        };
    }

    /// <summary>The trading thread never waits for a process: there the answer is only known when somebody else asked before.</summary>
    private Problem? Contradiction(ParameterValues values)
    {
        var terms = Asked(values);
        if (!terms.IsValueCreated && Thread.CurrentThread.Name == ThreadNames.Trading)
        {
            _ = Task.Run(() => Refusal(terms));
            return new("strategy", "strategy_values_asked", _name);
        }

        return Refusal(terms);
    }

    private Problem? Refusal(Lazy<StrategyTerms> terms)
    {
        try
        {
            return terms.Value.Contradiction;
        }
        catch (Exception error) when (error is StrategyProcessException or StrategyGuestException or FormatException)
        {
            return new("strategy", "strategy_values_failed", _name, error.Message);
        }
    }

    private StrategyTerms Terms(ParameterValues values) => Asked(values).Value;

    /// <summary>A process that failed to answer is asked again.</summary>
    private Lazy<StrategyTerms> Asked(ParameterValues values)
    {
        var texts = values.Texts;
        var key = string.Join('\n', texts.Select(pair => $"{pair.Key}={pair.Value}"));
        if (_terms.Count >= MostRemembered && !_terms.ContainsKey(key)) _terms.Clear();
        return _terms.GetOrAdd(key, _ => new(() => Ask(texts), LazyThreadSafetyMode.PublicationOnly));
    }

    private StrategyTerms Ask(IReadOnlyDictionary<string, string> texts)
    {
        using var process = _program.Start();
        return StrategyQuestions.ReadTerms(process.Ask(StrategyQuestions.Terms(_name, texts)));
    }
}

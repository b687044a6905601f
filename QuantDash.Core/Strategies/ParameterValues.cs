using System.Globalization;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Strategies;

/// <summary>A value for every declared parameter of a strategy, checked. Immutable.</summary>
public sealed class ParameterValues
{
    private readonly Dictionary<string, object> _values;

    private ParameterValues(Dictionary<string, object> values) => _values = values;

    public T Of<T>(StrategyParameter<T> parameter) where T : notnull =>
        _values.TryGetValue(parameter.Name, out var value) ? (T)value : throw new ArgumentException($"{parameter.Name} is no parameter of this strategy.", nameof(parameter));

    /// <summary>All as texts by name, in the order they were declared: what binds to the same values again.</summary>
    public IReadOnlyDictionary<string, string> Texts => _values.ToDictionary(value => value.Key, value => Text(value.Value), StringComparer.Ordinal);

    /// <summary>Reads <c>name=value</c> pairs. What is not given keeps its default; every wrong or unknown one is named, and then nothing is bound.</summary>
    internal static Outcome<ParameterValues> Bind(IReadOnlyList<StrategyParameter> declared, IEnumerable<KeyValuePair<string, string>> given)
    {
        var values = declared.ToDictionary(parameter => parameter.Name, parameter => parameter.Default, StringComparer.Ordinal);
        var problems = new List<Problem>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, text) in given)
        {
            var parameter = declared.FirstOrDefault(p => p.Name == name);
            if (parameter is null) problems.Add(new Problem(name, "parameter_unknown", string.Join(", ", declared.Select(p => p.Name))));
            else if (!seen.Add(name)) problems.Add(new Problem(name, "parameter_twice"));
            else if (parameter.Read(text.Trim(), out var problem) is { } value) values[name] = value;
            else problems.Add(problem!);
        }
        return problems.Count > 0 ? Outcome<ParameterValues>.Failure(problems) : Outcome<ParameterValues>.Success(new(values));
    }

    private static string Text(object value) => value switch
    {
        bool yes => yes ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}

namespace QuantDash.Core.Indicators;

/// <summary>Values for the parameters of one indicator, each within its range; those not given are the usual ones.</summary>
public sealed class IndicatorSettings
{
    private readonly Dictionary<string, double> _values;

    /// <exception cref="RefusedValueException">A value is outside its range.</exception>
    /// <exception cref="ArgumentException">There is no such parameter.</exception>
    public IndicatorSettings(IReadOnlyList<IndicatorParameter> parameters, IReadOnlyDictionary<string, double> given, BarField source = BarField.Close)
    {
        if (given.Keys.FirstOrDefault(name => parameters.All(parameter => parameter.Name != name)) is { } unknown) throw new ArgumentException($"There is no parameter {unknown}.", nameof(given));
        _values = parameters.ToDictionary(parameter => parameter.Name, parameter => given.TryGetValue(parameter.Name, out var value) ? parameter.Checked(value) : parameter.Default, StringComparer.Ordinal);
        Source = source;
    }

    /// <summary>For an indicator of one series.</summary>
    public BarField Source { get; }

    public double this[string name] => _values[name];
    public int Whole(string name) => (int)_values[name];
    public bool Flag(string name) => _values[name] != 0;
}

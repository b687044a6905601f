using System.Globalization;

namespace QuantDash.Core.Strategies;

/// <summary>A strategy's own notes by name. Its host stores <see cref="Values"/> and gives them back at the next start.</summary>
public sealed class StrategyState
{
    private readonly Dictionary<string, string> _values;

    public StrategyState() => _values = new(StringComparer.Ordinal);

    public StrategyState(IEnumerable<KeyValuePair<string, string>> stored) => _values = new(stored, StringComparer.Ordinal);

    /// <summary>Grows with every change.</summary>
    internal int Version { get; private set; }

    /// <summary>Everything noted, as texts.</summary>
    public IReadOnlyDictionary<string, string> Values => _values;

    public string? Text(string name) => _values.GetValueOrDefault(name);

    /// <summary>Null when it was never noted. Throws <see cref="FormatException"/> when it is no number.</summary>
    public decimal? Number(string name) => Text(name) is { } text ? decimal.Parse(text, CultureInfo.InvariantCulture) : null;

    /// <inheritdoc cref="Number"/>
    public DateOnly? Day(string name) => Text(name) is { } text ? DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null;

    public void Set(string name, string value)
    {
        if (_values.TryGetValue(name, out var before) && before == value) return;
        _values[name] = value;
        Version++;
    }

    public void Set(string name, decimal value) => Set(name, value.ToString(CultureInfo.InvariantCulture));

    public void Set(string name, DateOnly value) => Set(name, value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    public void Forget(string name)
    {
        if (_values.Remove(name)) Version++;
    }
}

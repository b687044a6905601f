namespace QuantDash.Core.Primitives;

/// <summary>The name of a tick source, 1 to 64 of <c>[a-z0-9_-]</c>. Quotes, bars, tick files and boards are keyed by (source, symbol).</summary>
public readonly record struct SourceName
{
    private readonly string? _value;

    public SourceName(string value)
    {
        if (!IsValid(value)) throw new ArgumentException($"A source name is 1 to 64 of a-z, 0-9, '_' and '-', was '{value}'.", nameof(value));
        _value = value;
    }

    public string Value => _value ?? throw new InvalidOperationException("The source name was never set.");

    public static bool IsValid(string? value) =>
        value is { Length: >= 1 and <= 64 } && value.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_' or '-');

    public override string ToString() => _value ?? "";
}

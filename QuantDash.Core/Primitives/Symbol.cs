namespace QuantDash.Core.Primitives;

/// <summary>A contract's canonical name <c>EXCHANGE.code</c>: <c>CZCE.TA2505</c>, <c>DCE.v2505</c>, <c>CFFEX.IF2101</c>, <c>BINANCE.BTCUSDT</c>,
/// <c>HK.09988</c>, <c>US.AAPL</c>. Case-sensitive. Other spellings are normalised by <c>SymbolParser</c> (Instruments), never here.</summary>
public readonly record struct Symbol : IComparable<Symbol>
{
    private readonly string? _exchange;
    private readonly string? _code;

    private Symbol(string exchange, string code)
    {
        _exchange = exchange;
        _code = code;
    }

    /// <summary>Exchange in upper case; reading it from <c>default(Symbol)</c> throws.</summary>
    public string Exchange => _exchange ?? throw new InvalidOperationException("The symbol was never set.");

    /// <summary>The code in the exchange's own case; reading it from <c>default(Symbol)</c> throws.</summary>
    public string Code => _code ?? throw new InvalidOperationException("The symbol was never set.");

    public bool IsSet => _code is not null;

    /// <summary>Builds a symbol from parts that are already canonical. Throws on an empty part or a character outside letters, digits, '-', '_'.</summary>
    public static Symbol Create(string exchange, string code)
    {
        if (!IsPart(exchange, 16)) throw new ArgumentException($"The exchange was '{exchange}', allowed are 1 to 16 letters and digits.", nameof(exchange));
        if (!IsPart(code, 32)) throw new ArgumentException($"The code was '{code}', allowed are 1 to 32 letters, digits, '-' and '_'.", nameof(code));
        return new(exchange, code);
    }

    /// <summary>Reads the canonical form back (the inverse of <see cref="ToString"/>). Throws <see cref="FormatException"/> on anything else.</summary>
    public static Symbol ParseCanonical(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot <= 0 || dot == text.Length - 1) throw new FormatException($"A canonical symbol reads EXCHANGE.code, was '{text}'.");
        return Create(text[..dot], text[(dot + 1)..]);
    }

    /// <inheritdoc cref="ParseCanonical"/>
    public static bool TryParseCanonical(string? text, out Symbol symbol)
    {
        var dot = text?.IndexOf('.', StringComparison.Ordinal) ?? -1;
        var isSymbol = dot > 0 && IsPart(text![..dot], 16) && IsPart(text[(dot + 1)..], 32);
        symbol = isSymbol ? new(text![..dot], text[(dot + 1)..]) : default;
        return isSymbol;
    }

    public int CompareTo(Symbol other) => string.CompareOrdinal(ToString(), other.ToString());

    public override string ToString() => _code is null ? "" : $"{_exchange}.{_code}";

    private static bool IsPart(string? text, int longest) =>
        text is { Length: > 0 } && text.Length <= longest && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}

namespace QuantDash.Core.Primitives;

/// <summary>An ISO 4217 code or a crypto asset code in upper case (CNY, HKD, USD, USDT). 2 to 10 letters or digits.</summary>
public readonly record struct Currency
{
    private readonly string? _code;

    public Currency(string code)
    {
        if (!IsValid(code)) throw new ArgumentException($"A currency is 2 to 10 upper-case letters or digits, was '{code}'.", nameof(code));
        _code = code;
    }

    /// <summary>The code. Reading it from <c>default(Currency)</c> throws: an amount without a currency is a programming error.</summary>
    public string Code => _code ?? throw new InvalidOperationException("The currency was never set.");

    public static Currency Cny { get; } = new("CNY");
    public static Currency Hkd { get; } = new("HKD");
    public static Currency Usd { get; } = new("USD");
    public static Currency Usdt { get; } = new("USDT");

    public static bool IsValid(string? code) =>
        code is { Length: >= 2 and <= 10 } && code.All(c => c is (>= 'A' and <= 'Z') or (>= '0' and <= '9'));

    public override string ToString() => _code ?? "";
}

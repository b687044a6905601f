using System.Collections.Frozen;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Instruments;

/// <summary>Turns the spellings in use into canonical symbols (DOMAIN.md 1): <c>au2509</c>, <c>SHFE.AU2509</c>, <c>au2509.SHF</c> → <c>SHFE.au2509</c>;
/// <c>TA505</c>, <c>CZCE.TA2505</c> → <c>CZCE.TA2505</c>; <c>9988.HK</c> → <c>HK.09988</c>; <c>AAPL.US</c> → <c>US.AAPL</c>; <c>BINANCE.btcusdt</c> → <c>BINANCE.BTCUSDT</c>.</summary>
/// <remarks>A bare code is a Chinese futures contract; stocks and perpetuals need their market. Three digits are read for CZCE only,
/// whose own codes have them: elsewhere a forgotten digit would name another contract.</remarks>
public sealed class SymbolParser
{
    private const string Unnamed = "";

    private static readonly FrozenDictionary<string, string> Markets = new Dictionary<string, string>
    {
        ["SHFE"] = "SHFE", ["SHF"] = "SHFE", ["INE"] = "INE", ["DCE"] = "DCE", ["CZCE"] = "CZCE", ["ZCE"] = "CZCE",
        ["CFFEX"] = "CFFEX", ["CFX"] = "CFFEX", ["GFEX"] = "GFEX", ["GFE"] = "GFEX", ["HK"] = "HK", ["US"] = "US", ["BINANCE"] = "BINANCE",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private readonly ILookup<string, Product> _products;

    public SymbolParser(IReadOnlyList<Product> products) => _products = products.ToLookup(product => product.Code, StringComparer.OrdinalIgnoreCase);

    /// <summary>The canonical symbol a spelling means; <paramref name="asOf"/> settles the decade of a three-digit month.
    /// Codes: <c>invalid_symbol</c>, <c>unknown_symbol</c>, <c>ambiguous</c>, each with the text.</summary>
    public Outcome<Symbol> Parse(string text, DateOnly asOf, string field = "symbol")
    {
        var (market, code) = Split(text.Trim());
        return market switch
        {
            null => Refused("invalid_symbol"),
            "HK" => code.Length is >= 1 and <= 5 && code.All(char.IsAsciiDigit) ? Read(market, code.PadLeft(5, '0')) : Refused("invalid_symbol"),
            "US" or "BINANCE" => code.Length is >= 1 and <= 24 && code.All(char.IsAsciiLetterOrDigit) ? Read(market, code.ToUpperInvariant()) : Refused("invalid_symbol"),
            _ => Future(market, code, asOf, out var problem) is { } symbol ? Outcome<Symbol>.Success(symbol) : Refused(problem),
        };

        Outcome<Symbol> Refused(string problem) => Outcome<Symbol>.Failure(field, problem, text);

        static Outcome<Symbol> Read(string market, string code) => Outcome<Symbol>.Success(Symbol.Create(market, code));
    }

    /// <summary>The exchange's own id of a canonical symbol, as CTP wants it: <c>CZCE.TA2505</c> → <c>TA505</c>, <c>SHFE.au2509</c> → <c>au2509</c>.</summary>
    public static string ToExchangeCode(Symbol symbol)
        => symbol.Exchange == "CZCE" && FuturesCode.Read(symbol.Code) is { } code ? code.Product + code.Delivery.Digits[1..] : symbol.Code;

    private static (string? Market, string Code) Split(string text)
    {
        var parts = text.Split('.');
        return parts switch
        {
            [var code] => (Unnamed, code),
            [var market, var code] when Markets.TryGetValue(market, out var canonical) => (canonical, code),
            [var code, var market] when Markets.TryGetValue(market, out var canonical) => (canonical, code),
            _ => (null, text),
        };
    }

    private Symbol? Future(string market, string code, DateOnly asOf, out string problem)
    {
        problem = "invalid_symbol";
        var letters = code.AsSpan().IndexOfAnyExcept(FuturesCode.Letters);
        if (letters is not (1 or 2) || code.Length - letters is not (3 or 4)) return null;

        var products = _products[code[..letters]].Where(product => market is Unnamed || product.Exchange == market).ToList();
        if (products.Count > 1 && products.Find(product => code.StartsWith(product.Code, StringComparison.Ordinal)) is { } exact) products = [exact];
        if (products is [var only]) return Month(only, code.AsSpan(letters), asOf) is { } month ? Symbol.Create(only.Exchange, only.Code + month.Digits) : null;

        problem = products is [] ? "unknown_symbol" : "ambiguous";
        return null;
    }

    private static DeliveryMonth? Month(Product product, ReadOnlySpan<char> digits, DateOnly asOf)
        => product.Exchange == "CZCE" && digits.Length == 3 ? DeliveryMonth.FromThreeDigits(digits, asOf) : DeliveryMonth.FromFourDigits(digits);
}

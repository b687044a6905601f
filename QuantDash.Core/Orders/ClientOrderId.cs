using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Orders;

/// <summary>Our id of an order, at most 32 of <c>[A-Za-z0-9_-]</c>. Deterministic: the same account, trading day, origin and child always give
/// the same id, so that one decision can never become two orders (DESIGN.md 7).</summary>
public readonly record struct ClientOrderId
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private readonly string? _value;

    public ClientOrderId(string value)
    {
        if (!IsValid(value)) throw new ArgumentException($"A client order id is 1 to 32 of A-Z a-z 0-9 _ -, was '{value}'.", nameof(value));
        _value = value;
    }

    public string Value => _value ?? throw new InvalidOperationException("The client order id was never set.");

    /// <summary>The trading day that is written in an id of ours; null in any other.</summary>
    public DateOnly? TradingDay =>
        _value is { Length: > 8 } && _value.StartsWith("QD", StringComparison.Ordinal) && DateOnly.TryParseExact(_value.AsSpan(2, 6), "yyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>QD + yyMMdd + 16 characters of hash + child number.</summary>
    public static ClientOrderId For(AccountId account, DateOnly tradingDay, Guid origin, int child)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(child, 1);
        var day = tradingDay.ToString("yyMMdd", CultureInfo.InvariantCulture);
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes($"{account}|{day}|{origin:D}"));
        var letters = new char[16];
        for (var i = 0; i < letters.Length; i++) letters[i] = Alphabet[hash[i] & 31];
        return new(string.Create(CultureInfo.InvariantCulture, $"QD{day}{new string(letters)}-{child}"));
    }

    public static bool IsValid(string? value) =>
        value is { Length: >= 1 and <= 32 } && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    public override string ToString() => _value ?? "";
}

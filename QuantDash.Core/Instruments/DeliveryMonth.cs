using System.Globalization;

namespace QuantDash.Core.Instruments;

/// <summary>The month a futures contract is delivered in; years 2000 to 2099, as the two digits of a contract code say.</summary>
public readonly record struct DeliveryMonth : IComparable<DeliveryMonth>
{
    private readonly int _months;

    private DeliveryMonth(int months) => _months = months;

    public int Year => _months / 12;
    public int Month => (_months % 12) + 1;
    public DateOnly FirstDay => new(Year, Month, 1);
    public DateOnly LastDay => FirstDay.AddMonths(1).AddDays(-1);

    /// <summary>The four digits of the canonical code: <c>2505</c>.</summary>
    public string Digits => string.Create(CultureInfo.InvariantCulture, $"{Year % 100:00}{Month:00}");

    /// <summary>The month of a year from 2000 to 2099, or null where there is none.</summary>
    public static DeliveryMonth? Create(int year, int month) => year is >= 2000 and <= 2099 && month is >= 1 and <= 12 ? new(year * 12 + month - 1) : null;

    /// <summary>Reads <c>YYMM</c>; null when it is anything else.</summary>
    public static DeliveryMonth? FromFourDigits(ReadOnlySpan<char> digits)
        => digits.Length == 4 && Number(digits) is { } number ? Create(2000 + number / 100, number % 100) : null;

    /// <summary>Reads <c>YMM</c>, taking the decade whose month lies nearest to <paramref name="asOf"/>, either way; of two equally near
    /// ones the earlier, since nothing is listed five years ahead. Null when it is anything else.</summary>
    public static DeliveryMonth? FromThreeDigits(ReadOnlySpan<char> digits, DateOnly asOf)
    {
        if (digits.Length != 3 || Number(digits) is not { } number || Create(2000 + number / 100, number % 100) is not { } first) return null;
        var near = asOf.Year * 12 + asOf.Month - 1;
        return Enumerable.Range(0, 10).Select(decade => new DeliveryMonth(first._months + decade * 120)).MinBy(month => Math.Abs(month._months - near));
    }

    public int CompareTo(DeliveryMonth other) => _months.CompareTo(other._months);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-{Month:00}");

    private static int? Number(ReadOnlySpan<char> digits)
    {
        var number = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit)) return null;
            number = number * 10 + (digit - '0');
        }

        return number;
    }
}

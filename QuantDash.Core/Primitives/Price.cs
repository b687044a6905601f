namespace QuantDash.Core.Primitives;

/// <summary>A price of one unit of the contract's quotation, in the contract's currency. Always &gt; 0 for a traded price;
/// the type itself holds any decimal so that differences of settlement formulas stay exact.</summary>
/// <remarks>Operators: <c>Price − Price → Points</c>, <c>Price ± Points → Price</c>. There is no <c>Price + Price</c>.</remarks>
public readonly record struct Price(decimal Value) : IComparable<Price>
{
    public static Points operator -(Price left, Price right) => new(left.Value - right.Value);
    public static Price operator +(Price price, Points move) => new(price.Value + move.Value);
    public static Price operator -(Price price, Points move) => new(price.Value - move.Value);
    public static bool operator <(Price left, Price right) => left.Value < right.Value;
    public static bool operator >(Price left, Price right) => left.Value > right.Value;
    public static bool operator <=(Price left, Price right) => left.Value <= right.Value;
    public static bool operator >=(Price left, Price right) => left.Value >= right.Value;

    public int CompareTo(Price other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

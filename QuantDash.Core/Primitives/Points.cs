namespace QuantDash.Core.Primitives;

/// <summary>A signed price difference (点), in the contract's quotation unit.</summary>
/// <remarks>Operators: <c>Points ± Points → Points</c>, <c>−Points</c>, <c>Points × decimal → Points</c>.
/// Money comes from <c>Contract.MoneyOf(points, volume)</c>: points × volume × multiplier.</remarks>
public readonly record struct Points(decimal Value) : IComparable<Points>
{
    public static Points operator +(Points left, Points right) => new(left.Value + right.Value);
    public static Points operator -(Points left, Points right) => new(left.Value - right.Value);
    public static Points operator -(Points value) => new(-value.Value);
    public static Points operator *(Points points, decimal factor) => new(points.Value * factor);
    public static bool operator <(Points left, Points right) => left.Value < right.Value;
    public static bool operator >(Points left, Points right) => left.Value > right.Value;
    public static bool operator <=(Points left, Points right) => left.Value <= right.Value;
    public static bool operator >=(Points left, Points right) => left.Value >= right.Value;

    public int CompareTo(Points other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

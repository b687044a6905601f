namespace QuantDash.Core.Primitives;

/// <summary>A fraction: 0.8 is 80 %. Percent exists only on screen.</summary>
public readonly record struct Ratio(decimal Value) : IComparable<Ratio>
{
    public static Ratio Zero => default;
    public static Ratio One => new(1m);

    public static Ratio FromPercent(decimal percent) => new(percent / 100m);

    public static bool operator <(Ratio left, Ratio right) => left.Value < right.Value;
    public static bool operator >(Ratio left, Ratio right) => left.Value > right.Value;
    public static bool operator <=(Ratio left, Ratio right) => left.Value <= right.Value;
    public static bool operator >=(Ratio left, Ratio right) => left.Value >= right.Value;

    public int CompareTo(Ratio other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

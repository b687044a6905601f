namespace QuantDash.Core.Primitives;

/// <summary>A quantity in the contract's trading unit: lots (手) for futures, shares for stocks, base units for perpetuals.
/// Never negative; a negative value throws <see cref="ArgumentOutOfRangeException"/>.</summary>
/// <remarks>Operators: <c>Volume + Volume → Volume</c>, <c>Volume − Volume → Volume</c> (throws below zero),
/// <c>Volume × Ratio → Volume</c> only through <see cref="FloorToStep"/>. Use <see cref="Minus"/> where the result may be cut at zero.</remarks>
public readonly record struct Volume : IComparable<Volume>
{
    public Volume(decimal value)
    {
        // Not ThrowIfNegative: 2 − 2.000 is a decimal zero whose sign bit is set, and that throws.
        if (value < 0m) throw new ArgumentOutOfRangeException(nameof(value), value, "A volume is never negative.");
        Value = value == 0m ? 0m : value;
    }

    public decimal Value { get; }

    public static Volume Zero => default;

    public bool IsZero => Value == 0m;

    public static Volume operator +(Volume left, Volume right) => new(left.Value + right.Value);
    public static Volume operator -(Volume left, Volume right) => new(left.Value - right.Value);
    public static bool operator <(Volume left, Volume right) => left.Value < right.Value;
    public static bool operator >(Volume left, Volume right) => left.Value > right.Value;
    public static bool operator <=(Volume left, Volume right) => left.Value <= right.Value;
    public static bool operator >=(Volume left, Volume right) => left.Value >= right.Value;

    public static Volume Min(Volume left, Volume right) => left.Value <= right.Value ? left : right;
    public static Volume Max(Volume left, Volume right) => left.Value >= right.Value ? left : right;

    /// <summary>This volume less <paramref name="other"/>, but never below zero.</summary>
    public Volume Minus(Volume other) => other.Value >= Value ? Zero : new(Value - other.Value);

    /// <summary>floor(volume × ratio) to a multiple of <paramref name="step"/> (&gt; 0).</summary>
    public Volume FloorToStep(Ratio ratio, decimal step) => new(decimal.Floor(Value * ratio.Value / step) * step);

    public int CompareTo(Volume other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString("0.#############", System.Globalization.CultureInfo.InvariantCulture);
}

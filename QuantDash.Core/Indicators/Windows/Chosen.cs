namespace QuantDash.Core.Indicators.Windows;

/// <summary>Choices that prices make: a jump would be mispredicted every other bar, a mask costs the same always.</summary>
internal static class Chosen
{
    /// <summary>The value, or 0.</summary>
    public static double If(bool condition, double value) => BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(value) & -(condition ? 1L : 0L));
}

namespace QuantDash.Core.Indicators.Windows;

/// <summary>Divisions by what may be nothing, or next to nothing.</summary>
internal static class Ratio
{
    /// <summary>Null where there is no finite answer.</summary>
    public static double? Of(double part, double whole) => part / whole is var ratio && double.IsFinite(ratio) ? ratio : null;
}

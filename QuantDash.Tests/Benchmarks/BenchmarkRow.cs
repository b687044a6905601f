using System.Globalization;

namespace QuantDash.Tests.Benchmarks;

/// <summary>One line of the printed table: what was measured, in which unit, against which budget of docs (DESIGN.md 14).</summary>
/// <param name="What">What the figure is, such as "tick that fires nothing, 10,000 rules".</param>
/// <param name="Figure">As measured, in <paramref name="Unit"/>.</param>
/// <param name="Budget">What we promise, in the same unit.</param>
/// <param name="Unit">ns, ms, ticks/s …</param>
/// <param name="Better">Which side of the budget is good.</param>
/// <param name="Noise">Share of the budget that a busy machine may add before it counts as missed.</param>
public sealed record BenchmarkRow(string What, double Figure, double Budget, string Unit, Better Better = Better.Lower, double Noise = 0.15)
{
    public bool Missed => IsBeyond(Noise);

    /// <summary>What the table says: a figure beyond its budget is never called ok, even where the machine's noise may be what put it there.</summary>
    public string Verdict => Missed ? "MISSED" : IsBeyond(0) ? "beyond, within noise" : "ok";

    /// <summary>A figure that nothing was promised about: it says where time goes.</summary>
    public static BenchmarkRow Told(string what, double figure, string unit) => new(what, figure, double.PositiveInfinity, unit);

    private bool IsBeyond(double noise) => Better switch
    {
        Better.Lower => Figure > Budget * (1 + noise),
        Better.Higher => Figure < Budget * (1 - noise),
    };

    public static string Format(double value) => value switch
    {
        >= 1000 => value.ToString("N0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.####", CultureInfo.InvariantCulture),
    };
}

public enum Better
{
    Lower,
    Higher,
}

namespace QuantDash.Core.Backtesting.Reports;

/// <summary>How often values fell where. Pure.</summary>
public static class Histogram
{
    private static readonly double[] RoundSteps = [1, 2, 2.5, 5, 10];

    /// <summary>Bins of one round width whose edges are multiples of it, so that zero is an edge and no bin mixes gains with losses; empty without values.</summary>
    /// <param name="bins">About how many.</param>
    public static IReadOnlyList<HistogramBin> Of(IReadOnlyCollection<double> values, int bins)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        if (values.Count == 0) return [];
        var width = Width(values.Max() - values.Min(), Math.Max(Math.Abs(values.Max()), Math.Abs(values.Min())), bins);
        var first = Bin(values.Min(), width);
        var counts = new int[Bin(values.Max(), width) - first + 1];
        foreach (var value in values) counts[Bin(value, width) - first]++;
        return [.. counts.Select((count, i) => new HistogramBin((first + i) * width, (first + i + 1) * width, count))];
    }

    private static int Bin(double value, double width) => (int)Math.Floor(value / width);

    private static double Width(double span, double largest, int bins)
    {
        var rough = (span > 0 ? span : largest > 0 ? largest : 1) / bins;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return power * RoundSteps.First(step => step * power >= rough * 0.999999);
    }
}

/// <param name="From">Belongs to it; <paramref name="To"/> to the next.</param>
public sealed record HistogramBin(double From, double To, int Count);

namespace QuantDash.Core.Backtesting.Reports;

/// <summary>Fewer points that draw the same picture. Pure.</summary>
public static class Thinning
{
    private const int OfEachStretch = 4;

    /// <summary>Indexes, rising: of each stretch of equal length its first, lowest, highest and last point. All of them where there are few enough.</summary>
    /// <param name="most">At least 4.</param>
    public static IReadOnlyList<int> Of(ReadOnlySpan<double> values, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, OfEachStretch);
        var kept = new List<int>(Math.Min(values.Length, most));
        var stretches = values.Length <= most ? values.Length : most / OfEachStretch;
        for (var s = 0; s < stretches; s++)
        {
            var (from, end) = ((int)((long)values.Length * s / stretches), (int)((long)values.Length * (s + 1) / stretches));
            var (low, high) = (from, from);
            for (var i = from; i < end; i++)
            {
                if (values[i] < values[low]) low = i;
                if (values[i] > values[high]) high = i;
            }

            foreach (var index in (ReadOnlySpan<int>)[from, Math.Min(low, high), Math.Max(low, high), end - 1])
                if (kept.Count == 0 || index > kept[^1]) kept.Add(index);
        }

        return kept;
    }
}

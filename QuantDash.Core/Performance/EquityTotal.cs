namespace QuantDash.Core.Performance;

/// <summary>Several accounts on one curve: at each moment that one of them was recorded, the sum of what each was last known to be.</summary>
public static class EquityTotal
{
    /// <param name="curves">Each in order of time and already in the one currency.</param>
    public static IReadOnlyList<EquitySample> Of(IReadOnlyList<IReadOnlyList<EquitySample>> curves)
    {
        if (curves.Count == 1) return curves[0];
        var latest = new EquitySample[curves.Count];
        var moments = curves.SelectMany((curve, of) => curve.Select(sample => (sample, of))).OrderBy(m => m.sample.At).ToList();
        var total = new List<EquitySample>(moments.Count);
        foreach (var (sample, of) in moments)
        {
            latest[of] = sample;
            var sum = new EquitySample(sample.At, latest.Sum(s => s.Equity), latest.Sum(s => s.Deposits), latest.Sum(s => s.Margin));
            if (total.Count > 0 && total[^1].At == sample.At) total[^1] = sum;
            else total.Add(sum);
        }
        return total;
    }
}

namespace QuantDash.Core.Backtesting.Reports;

/// <summary>How far a curve stands below its highest so far. Pure.</summary>
public static class Drawdown
{
    /// <summary>At each point the fall as a share of the highest so far, ≤ 0; 0 while the highest is not above zero.</summary>
    /// <param name="start">Where it began, which counts as seen.</param>
    public static IReadOnlyList<double> Of(IReadOnlyList<double> equity, double start)
    {
        var falls = new double[equity.Count];
        var highest = start;
        for (var i = 0; i < falls.Length; i++)
        {
            highest = Math.Max(highest, equity[i]);
            falls[i] = highest > 0 ? (equity[i] / highest) - 1 : 0;
        }

        return falls;
    }

    /// <summary>The deepest falls, each from the highest before it to the next time that is reached again, deepest first.</summary>
    public static IReadOnlyList<DrawdownSpell> Deepest(IReadOnlyList<double> equity, double start, int most)
    {
        var spells = new List<DrawdownSpell>();
        var (highest, top) = (start, -1);
        DrawdownSpell? open = null;
        for (var i = 0; i < equity.Count; i++)
        {
            if (equity[i] >= highest)
            {
                if (open is not null) spells.Add(open with { Recovered = i });
                (highest, top, open) = (equity[i], i, null);
                continue;
            }

            var depth = (equity[i] / highest) - 1;
            if (open is null || depth < open.Depth) open = new(top, i, null, depth);
        }

        if (open is not null) spells.Add(open);
        return [.. spells.OrderBy(spell => spell.Depth).Take(most)];
    }
}

/// <summary>One fall, by the indexes of its points.</summary>
/// <param name="Top">The highest before it; −1: the start.</param>
/// <param name="Recovered">Null: not yet.</param>
/// <param name="Depth">≤ 0.</param>
public sealed record DrawdownSpell(int Top, int Bottom, int? Recovered, double Depth);

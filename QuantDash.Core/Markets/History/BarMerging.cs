namespace QuantDash.Core.Markets.History;

/// <summary>Puts new bars into a series without overlaps or doubles. Pure.</summary>
public static class BarMerging
{
    /// <summary>Both must be of one series and in one price tick.</summary>
    public static (BarColumns Bars, BarMergeResult Result) Merge(BarColumns stored, BarColumns added, BarMerge how)
    {
        if (stored.Key != added.Key || stored.PriceTick != added.PriceTick)
            throw new ArgumentException($"{added.Key} in steps of {added.PriceTick} does not belong into {stored.Key} in steps of {stored.PriceTick}.", nameof(added));
        if (added.Count == 0) return (stored, new(0, 0, 0, 0, 0));

        var merged = new List<HistoryBar>(stored.Count + added.Count);
        var (replaced, unchanged, inside) = (0, 0, 0);
        var (first, end) = (added.Starts.Span[0], added.Ends.Span[^1]);
        var next = 0;
        foreach (var bar in stored.Bars())
        {
            while (next < added.Count && added[next].End <= bar.Start) merged.Add(added[next++]);
            if (next < added.Count && added[next].Start < bar.End)
            {
                if (added[next] == bar) unchanged++;
                else replaced++;
                continue;
            }

            var isInside = bar.Start >= first && bar.Start < end;
            if (isInside) inside++;
            if (!isInside || how == BarMerge.Overlapping) merged.Add(bar);
        }

        while (next < added.Count) merged.Add(added[next++]);
        var keeps = how == BarMerge.Overlapping;
        var result = new BarMergeResult(NewTimes(stored, added), replaced, unchanged, keeps ? inside : 0, keeps ? 0 : inside);
        return (BarColumns.Of(stored.Key, stored.PriceTick, merged), result);
    }

    /// <summary>How many of the new bars share no time with a stored one.</summary>
    private static int NewTimes(BarColumns stored, BarColumns added)
    {
        var starts = stored.Starts.Span;
        var ends = stored.Ends.Span;
        var count = 0;
        var at = 0;
        foreach (var bar in added.Bars())
        {
            while (at < starts.Length && ends[at] <= bar.Start) at++;
            if (at == starts.Length || starts[at] >= bar.End) count++;
        }

        return count;
    }
}

namespace QuantDash.Web.Ui.Charts;

/// <summary>The part of a model that the browser does not have yet.</summary>
public sealed record ChartUpdate(IReadOnlyList<SeriesTail> Tails, IReadOnlyList<ChartLevel> Levels, IReadOnlyList<ChartMarker> Markers)
{
    /// <summary>Null when the new model is not a continuation of the old one and must be drawn whole.</summary>
    public static ChartUpdate? Between(ChartModel sent, ChartModel next)
    {
        if (sent.Key != next.Key || sent.Series.Count != next.Series.Count) return null;
        var tails = new List<SeriesTail>(next.Series.Count);
        for (var i = 0; i < next.Series.Count; i++)
        {
            if (Tail(sent.Series[i], next.Series[i]) is not { } tail) return null;
            tails.Add(tail);
        }

        return new(tails, next.Levels, next.Markers);
    }

    private static SeriesTail? Tail(ChartSeries sent, ChartSeries next)
    {
        var from = Math.Max(0, sent.X.Count - 1);
        var continues = next.X.Count >= sent.X.Count && sent.Kind == next.Kind
            && (sent.X.Count == 0 || (next.X[0] == sent.X[0] && next.X[from] == sent.X[from]));
        return continues
            ? new(from, [.. next.X.Skip(from)], [.. next.Y.Skip(from)], Rest(next.Open, from), Rest(next.High, from), Rest(next.Low, from))
            : null;
    }

    private static IReadOnlyList<double>? Rest(IReadOnlyList<double>? values, int from) => values is null ? null : [.. values.Skip(from)];
}

/// <summary>What replaces a series from <paramref name="From"/> on.</summary>
public sealed record SeriesTail(
    int From, IReadOnlyList<string> X, IReadOnlyList<double?> Y, IReadOnlyList<double>? Open, IReadOnlyList<double>? High, IReadOnlyList<double>? Low);

namespace QuantDash.Web.Observability;

internal enum MetricType { Counter, Gauge, Histogram }

/// <summary>One metric with all of its series. Finding a known series takes no lock and no memory.</summary>
internal sealed class MetricFamily(string name, string help, MetricType type, IReadOnlyList<double> bounds)
{
    /// <summary>Labels are few by design; a mistake must not fill the memory of whoever scrapes.</summary>
    public const int MostSeries = 200;
    private static readonly KeyValuePair<string, object?>[] Overflow = [new("overflow", bool.TrueString)];

    private readonly Lock _adding = new();
    private MetricSeries[] _series = [];

    public string Name { get; } = name;
    public string Help { get; } = help;
    public MetricType Type { get; } = type;

    /// <summary>Upper bounds of a histogram's buckets without infinity; empty for the others.</summary>
    public IReadOnlyList<double> Bounds { get; } = bounds;

    public IReadOnlyList<MetricSeries> Series => Volatile.Read(ref _series);

    /// <summary>The series of these labels, made when it is new; beyond <see cref="MostSeries"/> one that says so.</summary>
    public MetricSeries With(ReadOnlySpan<KeyValuePair<string, object?>> labels) => Find(labels) ?? Add(labels);

    /// <summary>What is observed anew at every scrape begins empty: what is no longer there is no longer told.</summary>
    public void Forget() => Volatile.Write(ref _series, []);

    private MetricSeries? Find(ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        foreach (var series in Volatile.Read(ref _series))
            if (series.Carries(labels)) return series;
        return null;
    }

    private MetricSeries Add(ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        lock (_adding)
        {
            if (Find(labels) is { } added) return added;
            if (_series.Length >= MostSeries && Find(Overflow) is { } full) return full;
            var series = new MetricSeries(_series.Length >= MostSeries ? Overflow : labels.ToArray(), Bounds);
            Volatile.Write(ref _series, [.. _series, series]);
            return series;
        }
    }
}

namespace QuantDash.Web.Observability;

/// <summary>One set of labels of a metric and what was counted under it.</summary>
internal sealed class MetricSeries
{
    private readonly IReadOnlyList<double> _bounds;
    private readonly long[] _buckets;
    private readonly MetricCell _value = new();

    /// <param name="labels">Names as they came; the text makes them fit.</param>
    /// <param name="bounds">Upper bounds of a histogram's buckets, ascending, without infinity; empty for one number.</param>
    public MetricSeries(KeyValuePair<string, object?>[] labels, IReadOnlyList<double> bounds)
    {
        Labels = labels;
        _bounds = bounds;
        _buckets = new long[bounds.Count + 1];
    }

    public IReadOnlyList<KeyValuePair<string, object?>> Labels { get; }

    /// <summary>The number, or the sum of a histogram.</summary>
    public double Value => _value.Value;

    /// <summary>How many values fell into each bucket; the last one has no upper bound.</summary>
    public long[] Buckets()
    {
        var read = new long[_buckets.Length];
        for (var i = 0; i < read.Length; i++) read[i] = Interlocked.Read(ref _buckets[i]);
        return read;
    }

    public void Set(double value) => _value.Set(value);

    public void Add(double value) => _value.Add(value);

    /// <summary>A value of a histogram. A bound belongs to its bucket.</summary>
    public void Observe(double value)
    {
        var at = 0;
        while (at < _bounds.Count && value > _bounds[at]) at++;
        Interlocked.Increment(ref _buckets[at]);
        _value.Add(value);
    }

    /// <summary>The same labels, in whatever order.</summary>
    public bool Carries(ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        if (labels.Length != Labels.Count) return false;
        foreach (var (name, value) in labels)
            if (!Has(name, value)) return false;
        return true;
    }

    private bool Has(string name, object? value)
    {
        for (var i = 0; i < Labels.Count; i++)
            if (Labels[i].Key == name) return Equals(Labels[i].Value, value);
        return false;
    }
}

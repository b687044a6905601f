using System.Diagnostics.Metrics;

namespace QuantDash.Web.Adapters.Storage.Journal;

/// <summary>What the journal's thread measures of itself.</summary>
internal sealed class JournalMeter
{
    private static readonly KeyValuePair<string, object?> Ok = Result("ok");
    private static readonly KeyValuePair<string, object?> Fault = Result("failed");
    private readonly Counter<long> _commits;
    private readonly Histogram<double> _took;

    public JournalMeter(Meter meter)
    {
        _commits = meter.CreateCounter<long>("quantdash.journal.commits", null, "Attempts to commit what waited, by result; a failed one is repeated.");
        _took = meter.CreateHistogram(
            "quantdash.journal.commit.duration", "s", "From sealing what waited to its being durable.", tags: null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5] });
        _commits.Add(0, Ok);
        _commits.Add(0, Fault);
    }

    public void Committed(TimeSpan took)
    {
        _commits.Add(1, Ok);
        _took.Record(took.TotalSeconds);
    }

    public void Failed() => _commits.Add(1, Fault);

    private static KeyValuePair<string, object?> Result(string name) => new("result", name);
}

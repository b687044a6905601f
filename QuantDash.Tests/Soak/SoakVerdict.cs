using System.Globalization;

namespace QuantDash.Tests.Soak;

/// <summary>What the samples of a soak come to.</summary>
internal sealed class SoakVerdict
{
    private const double MegaByte = 1024 * 1024;
    private const double MostSlope = 1;
    private const int MostMoreHandles = 8;

    // RELIABILITY.md wishes for 1.1 over an hour; twelve minutes of a machine that also runs a browser and the sender are not told apart better than this.
    private const double MostSlower = 1.5;
    private const double WishedSlower = 1.1;
    private const double SlowestPause = 0.02;
    private readonly IReadOnlyList<SoakSample> _second;

    /// <param name="samples">In order.</param>
    public SoakVerdict(IReadOnlyList<SoakSample> samples)
    {
        _second = [.. samples.Skip(samples.Count / 2)];
        // What begins fills its caches and its bounded memories of what has ended; a slope of the half after that is what a day would go on with.
        Heap = Scaled(Trend.Of([.. _second.Select(sample => (sample.At.TotalHours, sample.Heap))]));
        var quarter = Math.Max(1, samples.Count / 4);
        var (first, last) = (samples.Take(quarter).ToList(), samples.TakeLast(quarter).ToList());
        Handles = (Median(first.Select(sample => (double)sample.Handles)), Median(last.Select(sample => (double)sample.Handles)));
        Queued = (first.Max(sample => sample.Queued), last.Max(sample => sample.Queued));
        Decided = (Slowest(first), Slowest(last));
        Pauses = [.. samples.Where(sample => sample.Collections > 0).Select(sample => sample.Paused)];
        Paused = samples.Max(sample => sample.Collections > 0 ? sample.Paused : 0);
        Collections = samples.Sum(sample => sample.Collections);
    }

    /// <summary>Of what is held on to, over the second half; MB an hour.</summary>
    public Trend Heap { get; }

    /// <summary>Medians of the first and the last quarter.</summary>
    public (double First, double Last) Handles { get; }

    /// <summary>Most in the first and in the last quarter.</summary>
    public (double First, double Last) Queued { get; }

    /// <summary>From tick to decision, 99 of 100, in the first and the last quarter; seconds. Null: nothing fired.</summary>
    public (double? First, double? Last) Decided { get; }

    /// <summary>All pauses of each interval with a full collection of the program's own; seconds.</summary>
    public IReadOnlyList<double> Pauses { get; }

    /// <summary>Most pause between two samples with a full collection of the program's own in between: no single pause of those was longer. Seconds.</summary>
    public double Paused { get; }

    /// <summary>Full collections of the program's own.</summary>
    public double Collections { get; }

    /// <summary>A slope that is known no better than its limit says nothing: longer, or on a quieter machine.</summary>
    public bool IsSharp => Heap.Error < MostSlope && Decided is { First: not null, Last: not null };

    /// <summary>How many times the last quarter's is the first's.</summary>
    public double? Slower => Decided.Last / Decided.First;

    public bool Holds => IsSharp && Heap.Slope < MostSlope && AreHandlesFlat && Slower <= MostSlower && Queued.Last <= Math.Max(4 * Queued.First, 64);

    private bool AreHandlesFlat => Handles.Last <= Handles.First + MostMoreHandles;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        heap after a full collection, second half ({_second.Count} samples): {Heap.Slope:+0.00;-0.00} MB/h ± {Heap.Error:0.00} (standard error); limit {MostSlope} MB/h
        handles, medians of first and last quarter: {Handles.First:0} and {Handles.Last:0}; limit {MostMoreHandles} more: {(AreHandlesFlat ? "flat" : "NOT FLAT")}
        most that waited in queues, first and last quarter: {Queued.First:0} and {Queued.Last:0}
        tick to decision, p99 (within its bucket in proportion), first and last quarter: {Decided.First * 1000:0.###} ms and {Decided.Last * 1000:0.###} ms, {Slower:0.00} times; limit {MostSlower} (wish of RELIABILITY: {WishedSlower})
        full collections that the program made itself: {Collections:0}; pauses of each interval with one: {string.Join(", ", Pauses.Select(pause => (pause * 1000).ToString("0.0", CultureInfo.InvariantCulture)))} ms; longest: {Paused * 1000:0.0} ms (wish of RELIABILITY: none over {SlowestPause * 1000:0} ms)
        {(Holds ? "HOLDS" : IsSharp ? "DOES NOT HOLD" : "CANNOT TELL: the slope is known no better than its limit, or nothing fired")}
        """);

    private static Trend Scaled(Trend bytes) => new(bytes.Slope / MegaByte, bytes.Error / MegaByte);

    private static double? Slowest(List<SoakSample> samples) => samples.Count < 2 ? null : SoakSample.Slowest(samples[0].Metrics, samples[^1].Metrics);

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}

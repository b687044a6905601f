using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using QuantDash.Web.Configuration;
using QuantDash.Web.Observability;

namespace QuantDash.Tests.Web.Observability;

public sealed class MetricsCollectorTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MetricsCollector _collector;
    private readonly Meter _meter;

    public MetricsCollectorTests()
    {
        var meters = _services.GetRequiredService<IMeterFactory>();
        _collector = new(meters, NullLogger<MetricsCollector>.Instance);
        _meter = meters.QuantDash();
    }

    [Fact]
    public void Counter_ByLabel_AddsUpUnderTotal()
    {
        var counter = _meter.CreateCounter<long>("quantdash.things", null, "Things.");
        counter.Add(2, new KeyValuePair<string, object?>("kind", "a"));
        counter.Add(3, new KeyValuePair<string, object?>("kind", "b"));
        counter.Add(1, new KeyValuePair<string, object?>("kind", "a"));
        Ours().ShouldBe("""
            # HELP quantdash_things_total Things.
            # TYPE quantdash_things_total counter
            quantdash_things_total{kind="a"} 3
            quantdash_things_total{kind="b"} 3

            """);
    }

    [Fact]
    public void Labels_InAnotherOrder_AreTheSameSeries()
    {
        var counter = _meter.CreateCounter<long>("quantdash.things", null, "Things.");
        counter.Add(1, new("a", "1"), new("b", "2"));
        counter.Add(1, new("b", "2"), new("a", "1"));
        counter.Add(1, new("b", "1"), new("a", "2"));
        Samples().ShouldBe(["quantdash_things_total{a=\"1\",b=\"2\"} 2", "quantdash_things_total{b=\"1\",a=\"2\"} 1"]);
    }

    [Fact]
    public void Text_WithWhatBreaksLines_IsEscaped()
    {
        _meter.CreateCounter<long>("quantdash.odd-name", null, "Back\\slash\nand line, \"quotes\" stay.").Add(1, new KeyValuePair<string, object?>("a.b", "\"q\" \\ \n 行情"));
        Ours().ShouldBe("# HELP quantdash_odd_name_total Back\\\\slash\\nand line, \"quotes\" stay.\n# TYPE quantdash_odd_name_total counter\n"
            + "quantdash_odd_name_total{a_b=\"\\\"q\\\" \\\\ \\n 行情\"} 1\n");
    }

    [Fact]
    public void Histogram_Buckets_CountWhatIsUpToTheirBound()
    {
        var histogram = _meter.CreateHistogram("quantdash.wait", "s", "Waits.", null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] });
        foreach (var value in (double[])[0.05, 0.1, 0.5, 1, 7]) histogram.Record(value, new KeyValuePair<string, object?>("kind", "x"));
        Samples().ShouldBe(
        [
            "quantdash_wait_seconds_bucket{kind=\"x\",le=\"0.1\"} 2",
            "quantdash_wait_seconds_bucket{kind=\"x\",le=\"1\"} 4",
            "quantdash_wait_seconds_bucket{kind=\"x\",le=\"+Inf\"} 5",
            "quantdash_wait_seconds_sum{kind=\"x\"} 8.65",
            "quantdash_wait_seconds_count{kind=\"x\"} 5",
        ]);
    }

    [Fact]
    public void Histogram_WithoutBounds_TakesThoseOfADuration()
    {
        _meter.CreateHistogram<double>("quantdash.wait", "s", "Waits.").Record(0.02);
        Samples().ShouldContain("quantdash_wait_seconds_bucket{le=\"0.01\"} 0");
        Samples().ShouldContain("quantdash_wait_seconds_bucket{le=\"0.025\"} 1");
    }

    [Fact]
    public void Observed_ThatIsNoLongerThere_IsNoLongerTold()
    {
        var sources = new Dictionary<string, long> { ["a"] = 1, ["b"] = 2 };
        _meter.CreateObservableGauge("quantdash.age", () => sources.Select(s => new Measurement<long>(s.Value, new KeyValuePair<string, object?>("source", s.Key))), "s", "Age.");
        Samples().ShouldBe(["quantdash_age_seconds{source=\"a\"} 1", "quantdash_age_seconds{source=\"b\"} 2"]);
        sources.Remove("a");
        sources["b"] = 5;
        Samples().ShouldBe(["quantdash_age_seconds{source=\"b\"} 5"]);
        sources.Clear();
        Ours().ShouldBeEmpty();
    }

    [Fact]
    public void Observed_ThatThrows_TakesNoOtherWithIt()
    {
        _meter.CreateObservableGauge<long>("quantdash.bad", Broken, null, "Bad.");
        _meter.CreateObservableGauge("quantdash.good", () => 1L, null, "Good.");
        Samples().ShouldBe(["quantdash_good 1"]);

        static long Broken() => throw new InvalidOperationException("no");
    }

    [Fact]
    public void UpDownCounter_AndGauge_AreGauges()
    {
        var open = _meter.CreateUpDownCounter<int>("quantdash.open", null, "Open.");
        open.Add(3);
        open.Add(-2);
        var level = _meter.CreateGauge<double>("quantdash.level", null, "Level.");
        level.Record(4);
        level.Record(double.NaN);
        Ours().ShouldBe("""
            # HELP quantdash_level Level.
            # TYPE quantdash_level gauge
            quantdash_level NaN
            # HELP quantdash_open Open.
            # TYPE quantdash_open gauge
            quantdash_open 1

            """);
    }

    [Fact]
    public void Labels_WithoutEnd_StopAtALimit()
    {
        var counter = _meter.CreateCounter<long>("quantdash.things", null, "Things.");
        for (var i = 0; i < MetricFamily.MostSeries + 50; i++) counter.Add(1, new KeyValuePair<string, object?>("id", i));
        var samples = Samples();
        samples.Count.ShouldBe(MetricFamily.MostSeries + 1);
        samples[^1].ShouldBe("quantdash_things_total{overflow=\"True\"} 50");
    }

    [Fact]
    public void AnotherHost_InTheSameProcess_IsNotHeard()
    {
        using var other = new ServiceCollection().AddMetrics().BuildServiceProvider();
        other.GetRequiredService<IMeterFactory>().QuantDash().CreateCounter<long>("quantdash.theirs", null, "Theirs.").Add(1);
        Ours().ShouldBeEmpty();
    }

    [Fact]
    public void Counter_FromManyThreads_LosesNothing()
    {
        var counter = _meter.CreateCounter<long>("quantdash.things", null, "Things.");
        var histogram = _meter.CreateHistogram<double>("quantdash.wait", "s", "Waits.");
        Parallel.For(0, 8, _ =>
        {
            for (var i = 0; i < 5000; i++)
            {
                counter.Add(1, new KeyValuePair<string, object?>("kind", i % 3));
                histogram.Record(1);
            }
        });
        Samples().Where(s => s.StartsWith("quantdash_things_total", StringComparison.Ordinal)).Sum(s => int.Parse(s.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(40_000);
        Samples().ShouldContain("quantdash_wait_seconds_count 40000");
        Samples().ShouldContain("quantdash_wait_seconds_sum 40000");
    }

    [Fact]
    public void Measuring_OfWhatIsKnown_TakesNoMemory()
    {
        var counter = _meter.CreateCounter<long>("quantdash.things", null, "Things.");
        var histogram = _meter.CreateHistogram<double>("quantdash.wait", "s", "Waits.");
        var label = new KeyValuePair<string, object?>("kind", "a");
        Measure(100);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Measure(10_000);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1000);

        void Measure(int times)
        {
            for (var i = 0; i < times; i++)
            {
                counter.Add(1, label);
                histogram.Record(0.001 * i, label);
            }
        }
    }

    [Theory]
    [InlineData("quantdash.feed.age", "s", "quantdash_feed_age_seconds")]
    [InlineData("a.bytes", "By", "a_bytes")]
    [InlineData("9.lives", "{life}", "_9_lives")]
    public void Name_OfAGauge_CarriesItsUnit(string name, string unit, string told) => MetricNames.Of(name, unit, MetricType.Gauge).ShouldBe(told);

    [Theory]
    [InlineData(double.PositiveInfinity, "+Inf")]
    [InlineData(double.NegativeInfinity, "-Inf")]
    [InlineData(0.1, "0.1")]
    [InlineData(12345678901d, "12345678901")]
    public void Number_IsWrittenAsPrometheusReadsIt(double value, string told) => PrometheusText.Number(value).ShouldBe(told);

    public void Dispose()
    {
        _collector.Dispose();
        _meter.Dispose();
        _services.Dispose();
    }

    /// <summary>The text without what the runtime tells of itself.</summary>
    private string Ours() => string.Concat(_collector.Scrape().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.Contains("quantdash_", StringComparison.Ordinal)).Select(line => line + "\n"));

    private List<string> Samples() => [.. Ours().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#')];
}

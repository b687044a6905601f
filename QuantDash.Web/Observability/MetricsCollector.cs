using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace QuantDash.Web.Observability;

/// <summary>Adds up what this host's instruments measure, and what the runtime tells of itself, until somebody asks.</summary>
/// <remarks>Instruments of another host in the same process (tests) are not heard: a meter names the factory that made it.</remarks>
internal sealed class MetricsCollector : IDisposable
{
    private readonly ConcurrentDictionary<Instrument, MetricFamily> _families = [];
    private readonly Lock _scrape = new();
    private readonly MeterListener _listener = new();
    private readonly IMeterFactory _meters;
    private readonly ILogger<MetricsCollector> _log;

    public MetricsCollector(IMeterFactory meters, ILogger<MetricsCollector> log)
    {
        (_meters, _log) = (meters, log);
        _listener.InstrumentPublished = OnPublished;
        _listener.SetMeasurementEventCallback<int>((instrument, value, labels, state) => Take(instrument, value, labels, state));
        _listener.SetMeasurementEventCallback<long>((instrument, value, labels, state) => Take(instrument, value, labels, state));
        _listener.SetMeasurementEventCallback<double>(Take);
        _listener.Start();
    }

    /// <summary>Everything as it is now.</summary>
    public string Scrape()
    {
        lock (_scrape)
        {
            foreach (var (instrument, family) in _families)
                if (instrument.IsObservable) family.Forget();
            try
            {
                _listener.RecordObservableInstruments();
            }
            catch (AggregateException error)
            {
                // What could be read is told; what could not is missing, and a missing number is what alerts are for.
                _log.LogError(error, "Some metrics could not be read");
            }
            return PrometheusText.Write(_families.Values);
        }
    }

    public void Dispose() => _listener.Dispose();

    private void OnPublished(Instrument instrument, MeterListener listener)
    {
        if (MetricSelection.Of(instrument, _meters) is not { } chosen) return;
        var family = _families.GetOrAdd(instrument, FamilyOf, chosen);
        listener.EnableMeasurementEvents(instrument, new Heard(family, chosen.View));
    }

    private static MetricFamily FamilyOf(Instrument instrument, ChosenMetric chosen)
    {
        var type = chosen.Type ?? TypeOf(instrument);
        var bounds = type == MetricType.Histogram ? (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries ?? MetricSelection.Seconds : [];
        return new(MetricNames.Of(chosen.Name, instrument.Unit, type), instrument.Description ?? chosen.Name, type, bounds);
    }

    private static MetricType TypeOf(Instrument instrument) => instrument.GetType().GetGenericTypeDefinition() switch
    {
        var type when type == typeof(Counter<>) || type == typeof(ObservableCounter<>) => MetricType.Counter,
        var type when type == typeof(Histogram<>) => MetricType.Histogram,
        _ => MetricType.Gauge,
    };

    private static void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> labels, object? state)
    {
        var heard = (Heard)state!;
        var series = heard.Family.With(heard.View is { } view ? view(labels) : labels);
        if (heard.Family.Type == MetricType.Histogram) series.Observe(value);
        else if (instrument.IsObservable || instrument is Gauge<double> or Gauge<long> or Gauge<int>) series.Set(value);
        else series.Add(value);
    }

    private sealed record Heard(MetricFamily Family, LabelView? View);
}

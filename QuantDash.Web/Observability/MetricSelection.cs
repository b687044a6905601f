using System.Diagnostics.Metrics;
using QuantDash.Web.Configuration;

namespace QuantDash.Web.Observability;

/// <summary>Which labels of a measurement are kept.</summary>
internal delegate ReadOnlySpan<KeyValuePair<string, object?>> LabelView(ReadOnlySpan<KeyValuePair<string, object?>> labels);

/// <param name="Name">Under which it is told, before unit and <c>_total</c>.</param>
/// <param name="View">Null: all labels are kept.</param>
/// <param name="Type">Null: as its instrument says.</param>
internal sealed record ChosenMetric(string Name, LabelView? View = null, MetricType? Type = null);

/// <summary>Which instruments are told to whoever scrapes: all of our own, requests by class of their status, and a few of the runtime's.</summary>
internal static class MetricSelection
{
    /// <summary>Bounds of a duration that says nothing of its own.</summary>
    public static IReadOnlyList<double> Seconds { get; } = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private static readonly KeyValuePair<string, object?>[][] StatusClasses =
        [Status("other"), Status("1xx"), Status("2xx"), Status("3xx"), Status("4xx"), Status("5xx")];

    private static readonly HashSet<string> OfTheRuntime = new(StringComparer.Ordinal)
    {
        "dotnet.gc.collections", "dotnet.gc.pause.time", "dotnet.gc.heap.total_allocated", "dotnet.gc.last_collection.heap.size", "dotnet.gc.last_collection.heap.fragmentation.size", "dotnet.process.memory.working_set",
        "dotnet.process.cpu.time", "dotnet.monitor.lock_contentions",
    };

    public static ChosenMetric? Of(Instrument instrument, IMeterFactory meters) => instrument.Meter.Name switch
    {
        Metering.Name when ReferenceEquals(instrument.Meter.Scope, meters) => new(instrument.Name),
        "Microsoft.AspNetCore.Hosting" when ReferenceEquals(instrument.Meter.Scope, meters) && instrument.Name == "http.server.request.duration" =>
            new("quantdash.http.request.duration", ByStatusClass),
        "System.Runtime" => OfRuntime(instrument.Name),
        _ => null,
    };

    // The pool's two are counters there, although they fall; and a name that ends in "count" reads like a histogram's part.
    private static ChosenMetric? OfRuntime(string name) => name switch
    {
        "dotnet.thread_pool.thread.count" => new("dotnet.thread_pool.threads", null, MetricType.Gauge),
        "dotnet.thread_pool.queue.length" => new(name, null, MetricType.Gauge),
        _ => OfTheRuntime.Contains(name) ? new(name) : null,
    };

    private static KeyValuePair<string, object?>[] Status(string name) => [new("status", name)];

    private static ReadOnlySpan<KeyValuePair<string, object?>> ByStatusClass(ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        foreach (var (name, value) in labels)
            if (name == "http.response.status_code" && value is >= 100 and < 600) return StatusClasses[(int)value / 100];
        return StatusClasses[0];
    }
}

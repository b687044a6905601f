using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using QuantDash.Web.Configuration;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Observability;

/// <summary>Sends traces of firings to a collector, if one is named. It batches on a thread of its own; a collector that is away costs the traces and nothing else.</summary>
internal sealed class TraceExport(IOptions<QuantDashOptions> options) : IHostedService, IDisposable
{
    private const int LongestGoodbye = 1000;
    private const int SendEvery = 2000;
    private const int Timeout = 3000;
    private TracerProvider? _traces;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Telemetry.Traces is not { } address) return Task.CompletedTask;
        _traces = Sdk.CreateTracerProviderBuilder()
            .AddSource(FiringTracer.SourceName)
            .ConfigureResource(resource => resource.AddService("quantdash"))
            .AddOtlpExporter(to =>
            {
                (to.Endpoint, to.Protocol, to.TimeoutMilliseconds) = (address, OtlpExportProtocol.HttpProtobuf, Timeout);
                to.BatchExportProcessorOptions.ScheduledDelayMilliseconds = SendEvery;
            })
            .Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _traces?.Shutdown(LongestGoodbye);
        return Task.CompletedTask;
    }

    public void Dispose() => _traces?.Dispose();
}

using Microsoft.Extensions.Options;
using QuantDash.Core.Audit;
using QuantDash.Core.Engine;
using QuantDash.Web.Configuration;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Emergency;

/// <summary>For when nothing else answers: a file <c>emergency.stop</c> in the data directory stops all accounts. Its text is the reason; once they are stopped it is
/// renamed to <c>emergency.stop.done</c>.</summary>
internal sealed class EmergencyFile(TradingRuntime runtime, IOptions<QuantDashOptions> options, TimeProvider clock, ILogger<EmergencyFile> log) : BackgroundService
{
    public const string Name = "emergency.stop";
    private const int LongestReason = 200;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);
    private readonly string _path = Path.Combine(options.Value.DataDirectory, Name);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace, clock);
        do await LookAsync(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task LookAsync(CancellationToken stop)
    {
        if (!File.Exists(_path)) return;
        try
        {
            await StopAsync(await ReasonAsync(stop), stop);
            File.Move(_path, _path + ".done", overwrite: true);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            log.LogError(error, "{File} could not be carried out; it is tried again in a second", _path);
        }
    }

    private async Task StopAsync(string reason, CancellationToken stop)
    {
        using var acting = Acting.As(Actor.Of(ActorKind.Command, Name));
        var stopped = await runtime.RunAsync((engine, now) => engine.Emergency.Stop(new(null, EmergencyThen.None, reason), now), stop);
        log.LogWarning("{File} was found: {Accounts} accounts are stopped", _path, stopped.Value.Accounts.Count);
    }

    // A file that cannot be read stops as well: it is there.
    private async Task<string> ReasonAsync(CancellationToken stop)
    {
        try
        {
            var text = (await File.ReadAllTextAsync(_path, stop)).Trim();
            return text.Length > LongestReason ? text[..LongestReason] : text;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}

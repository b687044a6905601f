using Microsoft.Extensions.Options;
using QuantDash.Core.Audit;
using QuantDash.Core.Engine;
using QuantDash.Web.Configuration;
using QuantDash.Web.Supervision;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Emergency;

/// <summary>For when nothing else answers: a file <c>emergency.stop</c> in the data directory stops all accounts. Its text is the reason; once they are stopped it is
/// renamed to <c>emergency.stop.done</c>.</summary>
internal sealed class EmergencyFile(TradingRuntime runtime, IOptions<QuantDashOptions> options, TimeProvider clock, ILogger<EmergencyFile> log) : ISupervisedLoop
{
    public const string Name = "emergency.stop";
    private const int LongestReason = 200;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);
    private readonly string _path = Path.Combine(options.Value.DataDirectory, Name);

    public string ServiceName => "emergency_file";

    public string? Trouble { get; private set; }

    public TimeSpan? LongestTurn => TimeSpan.FromSeconds(60);

    public async Task RunAsync(LoopPulse pulse, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Pace, clock);
        do
        {
            pulse.Beat();
            await LookAsync(stop);
        }
        while (await timer.WaitForNextTickAsync(stop));
    }

    private async Task LookAsync(CancellationToken stop)
    {
        if (!File.Exists(_path)) return;
        try
        {
            await StopAsync(await ReasonAsync(stop), stop);
            File.Move(_path, _path + ".done", overwrite: true);
            Trouble = null;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            log.LogError(error, "{File} could not be carried out; it is tried again in a second", _path);
            Trouble = error.Message;
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

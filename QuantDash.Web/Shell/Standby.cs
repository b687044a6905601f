using Microsoft.Extensions.Options;
using Npgsql;
using QuantDash.Core.Engine;
using QuantDash.Web.Configuration;

namespace QuantDash.Web.Shell;

/// <summary>Lets nothing start while another process is the trader, and ends this one when another has become it. Hosted services start in order: this one is the first, so
/// taking over is an ordinary start (docs/adr/0019).</summary>
internal sealed class Standby(
    ITraderLease lease, Serving serving, IConfiguration settings, IOptions<QuantDashOptions> options, IHostApplicationLifetime host, TimeProvider clock, ILogger<Standby> log) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (serving.StandsBy && !lease.TryTake()) await WaitAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var reason = await lease.FencedOff.WaitAsync(stoppingToken);
        log.LogCritical("Fenced off: {Reason} This process ends with code {ExitCode}; started again it stands by", reason, Serving.FencedOff);
        serving.ExitCode = Serving.FencedOff;
        host.StopApplication();
    }

    private async Task WaitAsync(CancellationToken stop)
    {
        log.LogWarning("Standing by: {Holder} is the trader on this database", lease.Holder?.Name ?? "another process");
        await using var door = await StandbyDoor.OpenAsync(settings, options.Value.Role, () => lease.Holder, log, stop);
        while (!TryTake()) await Task.Delay(Pace, clock, stop);
        log.LogWarning("Taking over as the trader");
    }

    private bool TryTake()
    {
        try
        {
            return lease.TryTake();
        }
        catch (Exception error) when (error is NpgsqlException or TimeoutException)
        {
            // Nobody trades while the database is away; who is first when it is back does.
            log.LogWarning("Standing by, and the database does not answer: {Error}", error.Message);
            return false;
        }
    }
}

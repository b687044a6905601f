using QuantDash.Core.Strategies;

namespace QuantDash.Web.Adapters.Strategies;

/// <summary>Looks into the folder before the engine reads which strategies it ran: those of the trader's own must be known by then.</summary>
internal sealed class UserStrategyStartup(IUserStrategies own) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => own.LookAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

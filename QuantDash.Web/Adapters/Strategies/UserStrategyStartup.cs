using QuantDash.Core.Strategies;

namespace QuantDash.Web.Adapters.Strategies;

/// <summary>Looks into the folder before the engine reads which strategies it ran: those of the trader's own must be known by then. A file that keeps its process busy does not keep trading waiting.</summary>
internal sealed partial class UserStrategyStartup(IUserStrategies own, TimeProvider clock, ILogger<UserStrategyStartup> log) : IHostedService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var look = LookAsync();
        await Task.WhenAny(look, Task.Delay(Patience, clock, cancellationToken));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task LookAsync()
    {
        try
        {
            foreach (var file in await own.LookAsync(CancellationToken.None))
            {
                if (file.Problem is { } problem) Unusable(log, file.File, problem.Code, string.Join(", ", problem.Values));
                else Found(log, string.Join(", ", file.Definitions.Select(definition => definition.Name)), file.File, file.Version);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            Unreadable(log, own.Folder, error);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Strategies of one's own: {Names} in {File}, version {Version}")]
    private static partial void Found(ILogger logger, string names, string file, string version);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The strategies in {File} cannot be used: {Code} ({Values})")]
    private static partial void Unusable(ILogger logger, string file, string code, string values);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The folder {Folder} cannot be looked into")]
    private static partial void Unreadable(ILogger logger, string folder, Exception error);
}

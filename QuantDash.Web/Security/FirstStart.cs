using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using QuantDash.Web.Configuration;

namespace QuantDash.Web.Security;

/// <summary>Before the first request: sets the configured administrator password. Once listening: prints the set-up link when nobody could sign in yet.</summary>
public sealed class FirstStart(
    IServiceScopeFactory scopes, IOptions<QuantDashOptions> options, SetUpLink link, IServer server, ILogger<FirstStart> log) : IHostedLifecycleService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Auth.AdminPassword is not { Length: > 0 } password) return;
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<AdminAccount>().SetPasswordAsync(password);
    }

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<AdminAccount>().ExistsAsync()) return;
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost:8888";
        log.LogWarning(
            "First start: open {Address}/setup?token={Token} to choose the administrator's password (works once, for 24 hours)",
            address.TrimEnd('/'), link.Issue());
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

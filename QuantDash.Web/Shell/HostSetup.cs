using Microsoft.AspNetCore.Server.Kestrel.Core;
using QuantDash.Web.Configuration;

namespace QuantDash.Web.Shell;

/// <summary>How the host serves and stops, whatever its role.</summary>
public static class HostSetup
{
    // A stop never waits the default thirty seconds for a client that does not let go. Settling and the journal come after it: ten seconds together (docs/operations.md).
    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan LongestHeaders = TimeSpan.FromSeconds(10);

    public static void AddQuantDashHost(this WebApplicationBuilder builder)
    {
        // Production does not do this by itself, and `dotnet run -c Release` is Production: package assets would answer 404.
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel((context, o) => Limit(o, context.Configuration.GetSection(LimitOptions.Section).Get<LimitOptions>() ?? new()));
        builder.Host.UseDefaultServiceProvider(o => o.ValidateScopes = o.ValidateOnBuild = true);
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = LongestGoodbye);
    }

    private static void Limit(KestrelServerOptions server, LimitOptions limits)
    {
        server.AddServerHeader = false;
        server.Limits.RequestHeadersTimeout = LongestHeaders;
        if (limits.Mistakes().Any()) return; // Which ends the start, with a better message than the server's.
        server.Limits.MaxConcurrentConnections = limits.Connections;
        server.Limits.MaxConcurrentUpgradedConnections = limits.Connections;
    }
}

namespace QuantDash.Web.Shell;

/// <summary>How the host serves and stops, whatever its role.</summary>
public static class HostSetup
{
    // A stop never waits the default thirty seconds for a client that does not let go. Settling and the journal come after it: ten seconds together (docs/operations.md).
    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(3);

    public static void AddQuantDashHost(this WebApplicationBuilder builder)
    {
        // Production does not do this by itself, and `dotnet run -c Release` is Production: package assets would answer 404.
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(o => o.AddServerHeader = false);
        builder.Host.UseDefaultServiceProvider(o => o.ValidateScopes = o.ValidateOnBuild = true);
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = LongestGoodbye);
    }
}

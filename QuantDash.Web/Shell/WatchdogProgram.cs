using QuantDash.Web.Adapters.Notifications;
using QuantDash.Web.Features.Watchdog;

namespace QuantDash.Web.Shell;

/// <summary>The program of <c>--role watchdog</c>: the same executable, and nothing of the trader in it. Whatever breaks the trader must not break what watches it.</summary>
public static class WatchdogProgram
{
    public static async Task<int> RunAsync(WebApplicationBuilder builder)
    {
        builder.Services.AddLocalization();
        builder.Services.AddNotifier();
        builder.Services.AddWatchdog();
        await using var app = builder.Build();
        app.MapWatchdog();
        await app.RunAsync();
        return 0;
    }
}

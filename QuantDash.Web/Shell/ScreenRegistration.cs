using Microsoft.Extensions.DependencyInjection.Extensions;
using QuantDash.Core.Engine;
using QuantDash.Web.Live;

namespace QuantDash.Web.Shell;

/// <summary>What every screen needs.</summary>
public static class ScreenRegistration
{
    /// <summary>Events at hand for pages; older ones are read from the database.</summary>
    private const int TapeHistory = 5000;

    public static IServiceCollection AddScreen(this IServiceCollection services)
    {
        services.AddDisplay();
        services.AddSingleton<UiClock>();
        services.TryAddSingleton(new LiveState<EngineSnapshot>(EngineSnapshot.Empty));
        services.TryAddSingleton(new EventTape<TapeEvent>(TapeHistory, e => e.Number));
        services.AddScoped<ScreenFeed>();
        return services;
    }
}

using QuantDash.Core.Markets;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Replay;

public static class ReplayFeature
{
    public static IServiceCollection AddReplay(this IServiceCollection services)
    {
        services.AddSingleton<ReplayStage>().AddSingleton<ReplayCommand>();
        return services.AddSingleton(provider => new ReplayService(
            provider.GetRequiredService<ITickArchive>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ReplayService>>(),
            provider.GetRequiredService<TradingRuntime>().PushTicksAsync));
    }

    public static void MapReplay(this IEndpointRouteBuilder app) => app.MapReplays();
}

namespace QuantDash.Web.Features.Backtests;

public static class BacktestFeature
{
    public static IServiceCollection AddBacktests(this IServiceCollection services)
    {
        services.AddSingleton<AdjustmentFiles>();
        services.AddSingleton<BarFinder>();
        services.AddSingleton<TickBench>();
        services.AddSingleton<BacktestBench>();
        services.AddSingleton<SeriesChoices>();
        services.AddSingleton<BacktestShelf>();
        services.AddSingleton<BacktestHtml>();
        return services.AddSingleton<BacktestDesk>();
    }

    public static void MapBacktests(this IEndpointRouteBuilder app) => app.MapBacktestEndpoints();
}

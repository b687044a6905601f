using QuantDash.Web.Supervision;

namespace QuantDash.Web.Features.Market;

public static class MarketEndpoints
{
    public static IServiceCollection AddMarket(this IServiceCollection services) =>
        services.AddSingleton<MarketDesk>().AddSingleton<IMarketDesk>(provider => provider.GetRequiredService<MarketDesk>()).AddSingleton<MainContractLoop>().AddSupervised<MainContractLoop>();

    public static void MapMarket(this IEndpointRouteBuilder app)
    {
        app.MapSources();
        app.MapTickPush();
        app.MapInstruments();
        app.MapMainContracts();
        app.MapAlerts();
    }
}

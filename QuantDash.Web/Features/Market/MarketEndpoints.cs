namespace QuantDash.Web.Features.Market;

public static class MarketEndpoints
{
    public static void MapMarket(this IEndpointRouteBuilder app)
    {
        app.MapSources();
        app.MapTickPush();
        app.MapInstruments();
    }
}

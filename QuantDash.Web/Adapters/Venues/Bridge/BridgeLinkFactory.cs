using QuantDash.Core.Orders;
using QuantDash.Core.Positions;

namespace QuantDash.Web.Adapters.Venues.Bridge;

internal sealed class BridgeLinkFactory : IBridgeLinkFactory
{
    public IBridgeLink Open(Account account, Guid epoch, Action<OrderReport> report, DateTimeOffset now) => new BridgeVenue(epoch.ToString("N"), report, now);
}

public static class BridgeRegistration
{
    /// <summary>Venues that the trading thread opens for accounts with the venue <c>bridge</c>.</summary>
    public static IServiceCollection AddBridgeVenue(this IServiceCollection services) => services.AddSingleton<IBridgeLinkFactory, BridgeLinkFactory>();
}

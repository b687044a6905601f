using QuantDash.Core.Instruments;

namespace QuantDash.Core.Orders;

/// <summary>Where each order type may be used.</summary>
public static class OrderTypes
{
    /// <summary>Whether a product's exchange takes orders at the market: 上期所 and 上期能源 take none (DOMAIN.md 2.1).</summary>
    public static bool HasMarketOrders(Product product) => product.Exchange is not ("SHFE" or "INE");
}

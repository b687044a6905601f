namespace QuantDash.Web.Features.Orders;

/// <summary>Names this page's texts: OrdersText.resx and OrdersText.zh-CN.resx.</summary>
public sealed class OrdersText;

namespace QuantDash.Web.Features.Market;

/// <summary>Names this page's texts: MarketText.resx and MarketText.zh-CN.resx.</summary>
public sealed class MarketText;

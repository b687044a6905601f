namespace QuantDash.Web.Features.Bridge;

/// <summary>Names this page's texts: BridgeText.resx and BridgeText.zh-CN.resx.</summary>
public sealed class BridgeText;

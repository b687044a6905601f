namespace QuantDash.Web.Features.Protection;

/// <summary>Names this page's texts: ProtectionText.resx and ProtectionText.zh-CN.resx.</summary>
public sealed class ProtectionText;

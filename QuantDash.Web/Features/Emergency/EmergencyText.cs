namespace QuantDash.Web.Features.Emergency;

/// <summary>Names this page's texts: EmergencyText.resx and EmergencyText.zh-CN.resx.</summary>
public sealed class EmergencyText;

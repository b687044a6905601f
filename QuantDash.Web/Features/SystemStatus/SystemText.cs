namespace QuantDash.Web.Features.SystemStatus;

/// <summary>Names this page's texts: SystemText.resx and SystemText.zh-CN.resx.</summary>
public sealed class SystemText;

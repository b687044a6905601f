namespace QuantDash.Web.Features.Ticks;

/// <summary>Names this page's texts: TicksText.resx and TicksText.zh-CN.resx.</summary>
public sealed class TicksText;

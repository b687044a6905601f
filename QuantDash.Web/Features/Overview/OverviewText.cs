namespace QuantDash.Web.Features.Overview;

/// <summary>Names this page's texts: OverviewText.resx and OverviewText.zh-CN.resx.</summary>
public sealed class OverviewText;

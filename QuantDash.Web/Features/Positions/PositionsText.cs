namespace QuantDash.Web.Features.Positions;

/// <summary>Names this page's texts: PositionsText.resx and PositionsText.zh-CN.resx.</summary>
public sealed class PositionsText;

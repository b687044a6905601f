namespace QuantDash.Web.Features.Strategies;

/// <summary>Names the texts of the strategy pages: StrategiesText.resx and StrategiesText.zh-CN.resx.</summary>
public sealed class StrategiesText;

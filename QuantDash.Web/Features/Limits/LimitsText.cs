namespace QuantDash.Web.Features.Limits;

/// <summary>Names the texts of the limits page: LimitsText.resx and LimitsText.zh-CN.resx.</summary>
public sealed class LimitsText;

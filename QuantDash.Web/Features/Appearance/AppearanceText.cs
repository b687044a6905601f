namespace QuantDash.Web.Features.Appearance;

/// <summary>Names this feature's texts: AppearanceText.resx and AppearanceText.zh-CN.resx.</summary>
public sealed class AppearanceText;

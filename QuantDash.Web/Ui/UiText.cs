namespace QuantDash.Web.Ui;

/// <summary>Names the texts of the shared parts: UiText.resx and UiText.zh-CN.resx.</summary>
public sealed class UiText;

namespace QuantDash.Web.Ui.Trading;

/// <summary>Names the tray's texts: UnknownText.resx and UnknownText.zh-CN.resx.</summary>
public sealed class UnknownText;

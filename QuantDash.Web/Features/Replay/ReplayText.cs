namespace QuantDash.Web.Features.Replay;

/// <summary>Names this page's texts: ReplayText.resx and ReplayText.zh-CN.resx.</summary>
public sealed class ReplayText;

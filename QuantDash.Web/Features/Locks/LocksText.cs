namespace QuantDash.Web.Features.Locks;

/// <summary>Names this feature's texts: LocksText.resx and LocksText.zh-CN.resx.</summary>
public sealed class LocksText;

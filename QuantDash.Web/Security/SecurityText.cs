namespace QuantDash.Web.Security;

/// <summary>Names SecurityText.resx and SecurityText.zh-CN.resx.</summary>
public sealed class SecurityText;

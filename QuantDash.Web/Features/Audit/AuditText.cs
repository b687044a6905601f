namespace QuantDash.Web.Features.Audit;

/// <summary>Names this page's texts: AuditText.resx and AuditText.zh-CN.resx.</summary>
public sealed class AuditText;

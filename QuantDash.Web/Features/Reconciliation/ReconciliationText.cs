namespace QuantDash.Web.Features.Reconciliation;

/// <summary>Names this page's texts: ReconciliationText.resx and ReconciliationText.zh-CN.resx.</summary>
public sealed class ReconciliationText;

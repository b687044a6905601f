namespace QuantDash.Web.Features.Diagnosis;

/// <summary>Names this page's texts: DiagnosisText.resx and DiagnosisText.zh-CN.resx.</summary>
public sealed class DiagnosisText;

namespace QuantDash.Web.Features.Jobs;

/// <summary>Names this page's texts: JobsText.resx and JobsText.zh-CN.resx.</summary>
public sealed class JobsText;

namespace QuantDash.Web.Features.Data;

/// <summary>Names this page's texts: DataText.resx and DataText.zh-CN.resx.</summary>
public sealed class DataText;

namespace QuantDash.Web.Features.Backtests;

/// <summary>Names this feature's texts: BacktestsText.resx and BacktestsText.zh-CN.resx.</summary>
public sealed class BacktestsText;

namespace QuantDash.Web.Ui.Trading;

/// <summary>Names the trading terms in both languages: TradingText.resx and TradingText.zh-CN.resx.</summary>
public sealed class TradingText;

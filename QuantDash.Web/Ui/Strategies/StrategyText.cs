namespace QuantDash.Web.Ui.Strategies;

/// <summary>What the built-in strategies and their parameters are called, in StrategyText.resx and StrategyText.zh-CN.resx. Strategies of the trader's own speak with their declarations.</summary>
public sealed class StrategyText;

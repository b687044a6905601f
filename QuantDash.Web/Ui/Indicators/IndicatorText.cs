namespace QuantDash.Web.Ui.Indicators;

/// <summary>What indicators and their parameters are, in IndicatorText.resx and IndicatorText.zh-CN.resx: keys as <c>IndicatorDeclaration.HelpKey</c> and <c>IndicatorParameter.HelpKey</c> give them.</summary>
public sealed class IndicatorText;

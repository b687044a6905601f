namespace QuantDash.Web.Ui.Trading;

/// <summary>Names the sentences of the tape, one per event key: TapeText.resx and TapeText.zh-CN.resx.</summary>
public sealed class TapeText;

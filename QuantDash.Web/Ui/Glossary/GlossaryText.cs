namespace QuantDash.Web.Ui.Glossary;

/// <summary>Names the glossary's texts: GlossaryText.resx and GlossaryText.zh-CN.resx.</summary>
public sealed class GlossaryText;

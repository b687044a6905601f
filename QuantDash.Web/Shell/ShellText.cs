namespace QuantDash.Web.Shell;

/// <summary>Names the texts of the frame: ShellText.resx and ShellText.zh-CN.resx.</summary>
public sealed class ShellText;

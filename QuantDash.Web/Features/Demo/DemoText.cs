namespace QuantDash.Web.Features.Demo;

/// <summary>Texts of the demo (DemoText.resx).</summary>
public sealed class DemoText;

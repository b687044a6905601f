using Microsoft.Playwright;

namespace QuantDash.Tests.Browser;

/// <summary>A page of the walk.</summary>
/// <param name="Open">What is clicked before the picture, such as the button of a dialog.</param>
/// <param name="Ready">What must be seen before it: by default the page's heading.</param>
internal sealed record ScreenPage(string Name, string Path, Func<IPage, Task>? Open = null, string Ready = "main h1");

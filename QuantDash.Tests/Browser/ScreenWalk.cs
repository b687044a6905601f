using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Browser;

/// <summary>Opens pages in both themes, both languages and two sizes, takes a picture of each (folder QUANTDASH_SCREENSHOTS), and says what is wrong with them.</summary>
internal sealed partial class ScreenWalk(IBrowser browser, Uri address)
{
    private static readonly (string Name, int Width, int Height)[] Sizes = [("desk", 1440, 900), ("phone", 390, 844)];

    /// <summary>Both themes and both languages; each with each only when pictures are wanted.</summary>
    private static readonly (string Theme, string Culture)[] Looks = Requirements.Variable("QUANTDASH_SCREENSHOTS") is null
        ? [("dark", "zh-CN"), ("light", "en")]
        : [("dark", "zh-CN"), ("dark", "en"), ("light", "zh-CN"), ("light", "en")];

    /// <summary>A missing text shows its key: none of these may be read on a page.</summary>
    private static readonly HashSet<string> Keys = [.. TextTables.All().SelectMany(t => t.Keys).Where(k => k.Skip(1).Any(c => char.IsUpper(c) || c is '.' or '_'))];

    /// <summary>Charts and the first figures are drawn by then; a walk of everything must not take all day.</summary>
    private const int SettleMilliseconds = 700;

    private readonly ConcurrentQueue<string> _wrong = [];

    /// <summary>A signed-in session's cookies; null for pages that need none.</summary>
    public string? Session { get; init; }

    /// <summary>What is wrong, nothing when all is well.</summary>
    public async Task<IReadOnlyList<string>> WalkAsync(params IReadOnlyList<ScreenPage> pages)
    {
        foreach (var (theme, culture) in Looks)
        {
            // Desk and phone side by side: most of the time is spent waiting for a page to settle.
            await Task.WhenAll(Sizes.Select(s => WalkAsync($"{s.Name}-{theme}-{culture}", theme, culture, s.Width, s.Height, pages)));
        }

        return [.. _wrong];
    }

    private async Task WalkAsync(string look, string theme, string culture, int width, int height, IReadOnlyList<ScreenPage> pages)
    {
        await using var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, Locale = culture, StorageState = Session });
        context.SetDefaultTimeout(BrowserFixture.Patience);
        await context.AddCookiesAsync([Cookie("qd-theme", theme), Cookie(".AspNetCore.Culture", Uri.EscapeDataString($"c={culture}|uic={culture}"))]);
        var page = await context.NewPageAsync();
        var current = "";
        page.Console += (_, message) =>
        {
            if (message.Type == "error") _wrong.Enqueue($"{current}: console: {message.Text}");
        };
        page.PageError += (_, error) => _wrong.Enqueue($"{current}: script: {error}");
        foreach (var screen in pages)
        {
            current = $"{screen.Name}-{look}";
            await page.GotoAsync(new Uri(address, screen.Path).ToString());
            await page.WaitForSelectorAsync(screen.Ready, new() { State = WaitForSelectorState.Attached });
            if (screen.Open is { } open) await open(page);
            await page.WaitForTimeoutAsync(SettleMilliseconds);
            await CheckAsync(page, current);
            if (Requirements.Variable("QUANTDASH_SCREENSHOTS") is { } folder && IsWanted(look))
            {
                await page.ScreenshotAsync(new() { Path = Path.Combine(folder, current + ".jpg"), Type = ScreenshotType.Jpeg, Quality = 80, FullPage = screen.Open is null });
            }
        }
    }

    /// <summary>All of them, or those that QUANTDASH_LOOKS names: desk-dark-en,phone-light-zh-CN.</summary>
    private static bool IsWanted(string look) => Requirements.Variable("QUANTDASH_LOOKS") is not { } wanted || wanted.Split(',').Contains(look);

    private async Task CheckAsync(IPage page, string name)
    {
        if (await page.Locator("#blazor-error-ui").IsVisibleAsync()) _wrong.Enqueue($"{name}: the page's circuit has ended");
        var overflow = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (overflow > 0) _wrong.Enqueue($"{name}: {overflow} px wider than the screen");
        var cut = await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.table-frame, dialog .body')].filter(f => f.scrollWidth > f.clientWidth + 1 && getComputedStyle(f.querySelector('table tbody') ?? f).display === 'block').map(f => f.innerText.slice(0, 40))");
        foreach (var table in cut) _wrong.Enqueue($"{name}: a list of cards is cut at its right: {table}");
        var text = await page.InnerTextAsync("body");
        if (BadText().Match(text) is { Success: true } bad) _wrong.Enqueue($"{name}: shows “{bad.Value}”");
        if (name.EndsWith("-en", StringComparison.Ordinal) && !name.StartsWith("glossary-", StringComparison.Ordinal) && ChineseText().Match(text.Replace("中文", "", StringComparison.Ordinal)) is { Success: true } chinese)
            _wrong.Enqueue($"{name}: shows Chinese “{chinese.Value}”");
        foreach (var barrier in await AccessibilityCheck.LookAsync(page)) _wrong.Enqueue($"{name}: {barrier}");
        foreach (var key in Words().Matches(text).Select(m => m.Value).Where(Keys.Contains).Distinct()) _wrong.Enqueue($"{name}: shows the key “{key}”");
    }

    private Cookie Cookie(string name, string value) => new() { Name = name, Value = value, Url = address.ToString() };

    [GeneratedRegex(@"\bNaN\b|\bundefined\b|\[object Object\]|Infinity")]
    private static partial Regex BadText();

    [GeneratedRegex(@"[\u4e00-\u9fff]+")]
    private static partial Regex ChineseText();

    [GeneratedRegex(@"[A-Za-z][A-Za-z_.]+")]
    private static partial Regex Words();
}

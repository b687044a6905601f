using System.Text.Json;
using Microsoft.Playwright;

namespace QuantDash.Tests.Browser;

/// <summary>What axe-core calls serious or critical on a page: what keeps people out who read with a screen reader, without a mouse, or with little contrast.</summary>
internal static class AccessibilityCheck
{
    private static readonly Lazy<string> Script = new(() => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "axe.min.js")));

    /// <summary>A sentence for each, nothing when there is none. The page's content policy stands: the script comes by the browser's own door.</summary>
    public static async Task<IReadOnlyList<string>> LookAsync(IPage page)
    {
        await page.EvaluateAsync(Script.Value);
        var found = await page.EvaluateAsync<JsonElement>("""
            async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
                .filter(v => v.impact === 'serious' || v.impact === 'critical')
                .flatMap(v => v.nodes.slice(0, 5).map(n => `${v.id}: ${n.target.join(' ')}: ${(n.any[0] ?? n.all[0] ?? n.none[0])?.message ?? v.help}`))
            """);
        return [.. found.EnumerateArray().Select(one => one.GetString()!)];
    }
}

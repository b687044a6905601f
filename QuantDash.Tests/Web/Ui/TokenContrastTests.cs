using System.Globalization;
using System.Text.RegularExpressions;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Web.Ui;

/// <summary>Text must be readable on every surface of both themes: WCAG AA asks for 4.5 : 1.</summary>
public sealed class TokenContrastTests
{
    private static readonly string Css = File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "QuantDash.Web", "wwwroot", "css", "tokens.css"));
    private static readonly string[] Texts = ["text-strong", "text", "text-weak", "red", "green", "warn", "danger", "info", "accent"];
    private static readonly string[] Surfaces = ["surface-0", "surface-1", "surface-2"];

    public static TheoryData<string> Themes => ["dark", "light"];

    [Theory]
    [MemberData(nameof(Themes))]
    public void Texts_OnEverySurface_MeetAa(string theme)
    {
        var tokens = Read(theme);

        var low =
            from text in Texts
            from surface in Surfaces
            let contrast = Contrast(tokens[text], tokens[surface])
            where contrast < 4.5
            select $"{theme}: {text} on {surface} is {contrast:0.00}";

        low.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Themes))]
    public void Buttons_InBothThemes_MeetAa(string theme)
    {
        var tokens = Read(theme);

        Contrast(tokens["accent-ink"], tokens["accent"]).ShouldBeGreaterThanOrEqualTo(4.5);
        Contrast(tokens["danger-ink"], tokens["danger-fill"]).ShouldBeGreaterThanOrEqualTo(4.5);
    }

    // The light theme replaces some tokens and keeps the rest.
    private static Dictionary<string, string> Read(string theme)
    {
        var dark = Block(@":root \{");
        if (theme == "dark") return dark;
        foreach (var (name, value) in Block(@"\[data-theme=""light""\] \{")) dark[name] = value;
        return dark;
    }

    private static Dictionary<string, string> Block(string start) =>
        Regex.Matches(Regex.Match(Css, start + @"(?<body>[^}]*)\}").Groups["body"].Value, @"--(?<name>[\w-]+): (?<value>#[0-9a-f]{6});")
            .ToDictionary(m => m.Groups["name"].Value, m => m.Groups["value"].Value);

    private static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string colour)
    {
        double Channel(int at)
        {
            var share = int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
        }

        return (0.2126 * Channel(1)) + (0.7152 * Channel(3)) + (0.0722 * Channel(5));
    }
}

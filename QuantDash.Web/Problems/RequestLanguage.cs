using System.Globalization;
using Microsoft.AspNetCore.Localization;
using Microsoft.Net.Http.Headers;

namespace QuantDash.Web.Problems;

/// <summary>The language a caller reads: what Accept-Language says, else what the page is shown in, else English.</summary>
public static class RequestLanguage
{
    public static CultureInfo English { get; } = CultureInfo.GetCultureInfo("en");
    public static CultureInfo Chinese { get; } = CultureInfo.GetCultureInfo("zh-CN");

    public static CultureInfo Of(HttpContext context) => Asked(context.Request) ?? Chosen(context) ?? English;

    /// <summary>For pages: what was chosen on screen comes before what the browser asks for.</summary>
    public static CultureInfo OfPage(HttpContext context) => Chosen(context) ?? Asked(context.Request) ?? English;

    public static CultureInfo Nearest(CultureInfo culture) => culture.TwoLetterISOLanguageName == "zh" ? Chinese : English;

    private static CultureInfo? Chosen(HttpContext context) =>
        context.Features.Get<IRequestCultureFeature>() is { } shown ? Nearest(shown.RequestCulture.UICulture) : null;

    private static CultureInfo? Asked(HttpRequest request)
    {
        var best = request.GetTypedHeaders().AcceptLanguage
            .Where(l => IsChinese(l) || IsEnglish(l))
            .OrderByDescending(l => l.Quality ?? 1)
            .FirstOrDefault();
        return best is null ? null : IsChinese(best) ? Chinese : English;
    }

    private static bool IsChinese(StringWithQualityHeaderValue language) =>
        language.Value.StartsWith("zh", StringComparison.OrdinalIgnoreCase);

    private static bool IsEnglish(StringWithQualityHeaderValue language) =>
        language.Value.StartsWith("en", StringComparison.OrdinalIgnoreCase);
}

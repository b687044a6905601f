using System.Globalization;
using Microsoft.AspNetCore.Localization;
using QuantDash.Web.Security;
using QuantDash.Web.Ui;

namespace QuantDash.Web.Shell;

/// <summary>The language switch. A page of its own because the language is decided when a page is served; theme and colours change in place.</summary>
public static class DisplayEndpoints
{
    public static IServiceCollection AddDisplay(this IServiceCollection services)
    {
        services.AddLocalization();
        services.AddRequestLocalization(options =>
        {
            options.SetDefaultCulture(Display.Cultures[0]).AddSupportedCultures(Display.Cultures).AddSupportedUICultures(Display.Cultures);
            options.ApplyCurrentCultureToResponseHeaders = true;
        });
        return services;
    }

    /// <summary>The reader's language; and on the way that pages are drawn, the reader's numbers.</summary>
    public static WebApplication UseDisplay(this WebApplication app)
    {
        app.UseRequestLocalization();
        app.Use(static (context, next) =>
        {
            if (context.Request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase))
                CultureInfo.CurrentCulture = new ReaderCulture(CultureInfo.CurrentCulture.Name, NumberChoice.Parse(context.Request.Cookies[NumberChoice.Cookie]));
            return next(context);
        });
        return app;
    }

    public static void MapDisplay(this IEndpointRouteBuilder app)
    {
        app.MapGet("/display/language/{culture}", Switch).AllowAnonymous().ExcludeFromDescription();
        app.MapInstallManifest();
    }

    private static IResult Switch(string culture, string? back, HttpContext context)
    {
        if (!Display.Cultures.Contains(culture, StringComparer.Ordinal)) return Results.NotFound();
        context.Response.Cookies.Append(
            CookieRequestCultureProvider.DefaultCookieName,
            CookieRequestCultureProvider.MakeCookieValue(new(culture)),
#pragma warning disable S2092 // set when the request came by TLS: on loopback there is none, and the cookie holds a language
            new() { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, HttpOnly = true, Secure = context.Request.IsHttps, IsEssential = true });
#pragma warning restore S2092
        return Results.LocalRedirect(LocalAddress.Of(back));
    }
}

using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;

namespace QuantDash.Web.Features.SignIn;

/// <summary>Sign-in, sign-out and set-up: plain pages with plain forms, because they must work before anything else does.</summary>
public static class SignInEndpoints
{
    private const int LargestForm = 16 * 1024;

    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("").AllowAnonymous().ExcludeFromDescription().AddEndpointFilter(SpeakAsync);
        pages.MapGet("/sign-in", ShowSignInAsync);
        pages.MapPost("/sign-in", SignInAsync);
        pages.MapPost("/sign-in/code", SignInWithCodeAsync);
        pages.MapGet("/setup", ShowSetUpAsync);
        pages.MapPost("/setup", SetUpAsync);
        // The generator of endpoints does not see the types that pages become.
        pages.MapGet("/sign-out", IResult (HttpContext context) => ShowSignOut(context));
        pages.MapPost("/sign-out", SignOutAsync);
    }

    private static async Task<IResult> ShowSignInAsync(HttpContext context, AdminAccount admin, IStringLocalizer<SignInText> text)
    {
        var target = LocalPath(context.Request.Query["return_url"]);
        if (context.User.Identity is { IsAuthenticated: true }) return Results.LocalRedirect(target);
        return SignInPage(context, target, notice: await admin.ExistsAsync() ? null : text["NoAccount"].Value);
    }

    private static async Task<IResult> SignInAsync(HttpContext context, SignInDesk desk, IStringLocalizer<SignInText> text)
    {
        var form = await ReadFormAsync(context);
        var target = LocalPath(form?["return_url"]);
        if (form is null) return SignInPage(context, target, text["Expired"].Value, StatusCodes.Status400BadRequest);

        var name = form["name"].ToString();
        var result = await desk.SignInAsync(context, name, form["password"].ToString());
        return result.Outcome switch
        {
            SignInOutcome.Welcome => Results.LocalRedirect(target),
            SignInOutcome.CodeWanted => CodePage(context, target, result.Ticket!, null, StatusCodes.Status200OK),
            SignInOutcome.Blocked => SignInPage(context, target, text["Blocked"].Value, StatusCodes.Status429TooManyRequests, name),
            _ => SignInPage(context, target, text["Refused"].Value, StatusCodes.Status401Unauthorized, name),
        };
    }

    private static async Task<IResult> SignInWithCodeAsync(HttpContext context, SignInDesk desk, IStringLocalizer<SignInText> text)
    {
        var form = await ReadFormAsync(context);
        var target = LocalPath(form?["return_url"]);
        if (form is null) return SignInPage(context, target, text["Expired"].Value, StatusCodes.Status400BadRequest);
        var result = await desk.SignInWithCodeAsync(context, form["ticket"].ToString(), form["code"].ToString());
        return result.Outcome switch
        {
            SignInOutcome.Welcome => Results.LocalRedirect(target),
            SignInOutcome.CodeWanted => CodePage(context, target, result.Ticket!, text["WrongCode"].Value, StatusCodes.Status401Unauthorized),
            SignInOutcome.Blocked => SignInPage(context, target, text["Blocked"].Value, StatusCodes.Status429TooManyRequests),
            _ => SignInPage(context, target, text["StartAgain"].Value, StatusCodes.Status401Unauthorized),
        };
    }

    private static async Task<IResult> ShowSetUpAsync(HttpContext context, SetUpDesk desk, IStringLocalizer<SignInText> text)
    {
        var token = context.Request.Query["token"].ToString();
        return await desk.NameOfAsync(token) is { } name ? SetUpPage(context, token, name, null, StatusCodes.Status200OK) : SpentLink(context, text);
    }

    private static async Task<IResult> SetUpAsync(HttpContext context, SetUpDesk setUp, SignInDesk desk, IStringLocalizer<SignInText> text)
    {
        if (await ReadFormAsync(context) is not { } form) return SpentLink(context, text);
        var token = form["token"].ToString();
        var password = form["password"].ToString();
        if (await setUp.NameOfAsync(token) is not { } name) return SpentLink(context, text);
        if (MistakeIn(password, form["repeat"].ToString()) is { } mistake)
            return SetUpPage(context, token, name, mistake, StatusCodes.Status422UnprocessableEntity);

        if (!await setUp.SpendAsync(token, password)) return SpentLink(context, text);
        await desk.SignInAsync(context, name, password);
        return Results.LocalRedirect("/");
    }

    private static RazorComponentResult<SignOutPage> ShowSignOut(HttpContext context) =>
        new(new { Token = TokenFor(context) }) { PreventStreamingRendering = true };

    private static async Task<IResult> SignOutAsync(HttpContext context, SignInDesk desk)
    {
        if (await ReadFormAsync(context) is null) return Results.LocalRedirect("/sign-out");
        await desk.SignOutAsync(context);
        return Results.LocalRedirect("/sign-in");
    }

    private static string? MistakeIn(string password, string repeat)
    {
        var problems = password == repeat
            ? PasswordRules.Check("password", password)
            : [new("repeat", "passwords_differ"), .. PasswordRules.Check("password", password)];
        return problems.Count == 0 ? null : string.Join(' ', problems.Select(p => ProblemSentences.Write(p, CultureInfo.CurrentUICulture)));
    }

    private static RazorComponentResult<SignInPage> SignInPage(
        HttpContext context, string returnUrl, string? notice, int status = StatusCodes.Status200OK, string? name = null) =>
        new(new { Token = TokenFor(context), ReturnUrl = returnUrl, Notice = notice, Name = name }) { StatusCode = status };

    private static RazorComponentResult<CodePage> CodePage(HttpContext context, string returnUrl, string ticket, string? notice, int status) =>
        new(new { Token = TokenFor(context), ReturnUrl = returnUrl, Ticket = ticket, Notice = notice }) { StatusCode = status };

    private static RazorComponentResult<SetUpPage> SpentLink(HttpContext context, IStringLocalizer<SignInText> text) =>
        SetUpPage(context, null, null, text["LinkSpent"].Value, StatusCodes.Status410Gone);

    private static RazorComponentResult<SetUpPage> SetUpPage(HttpContext context, string? token, string? name, string? notice, int status) =>
        new(new { Token = TokenFor(context), LinkToken = token, Name = name, Notice = notice }) { StatusCode = status };

    private static AntiforgeryTokenSet TokenFor(HttpContext context) =>
        context.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(context);

    /// <summary>Null when the form is too large, is no form, or lacks this page's antiforgery token.</summary>
    private static async Task<IFormCollection?> ReadFormAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType || context.Request.ContentLength is null or > LargestForm) return null;
        var valid = await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context);
        return valid ? await context.Request.ReadFormAsync(context.RequestAborted) : null;
    }

    private static string LocalPath(string? wanted) => LocalAddress.Of(wanted);

    private static ValueTask<object?> SpeakAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        CultureInfo.CurrentUICulture = RequestLanguage.OfPage(context.HttpContext);
        context.HttpContext.Response.Headers.CacheControl = "no-store";
        return next(context);
    }
}

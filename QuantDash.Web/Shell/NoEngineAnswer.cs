using System.Text.Encodings.Web;
using System.Text.Unicode;
using QuantDash.Core.Primitives;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;

namespace QuantDash.Web.Shell;

/// <summary>What a process without an engine says to whoever asks it for more than its health: a page to people, problem details to programs, 503 to both.</summary>
internal static class NoEngineAnswer
{
    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);

    public static Task ExecuteAsync(HttpContext context, ProblemKind kind, Problem why)
    {
        context.Response.Headers.RetryAfter = "5";
        return WantsAPage(context) ? PageAsync(context, kind, why) : new ProblemAnswer(kind, why).ExecuteAsync(context);
    }

    private static bool WantsAPage(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method) && !ProgramPaths.Contains(context.Request.Path)
        && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private static Task PageAsync(HttpContext context, ProblemKind kind, Problem why)
    {
        var language = RequestLanguage.OfPage(context);
        var (title, sentence) = (ProblemSentences.Title(kind.Name, language), ProblemSentences.Write(why, language));
        context.Response.StatusCode = kind.Status;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.ContentLanguage = language.Name;
        return context.Response.WriteAsync($"""
            <!DOCTYPE html>
            <html lang="{language.Name}">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="dark light"><meta http-equiv="refresh" content="5"><title>QuantDash</title></head>
            <body><h1>{Html.Encode(title)}</h1><p>{Html.Encode(sentence)}</p></body>
            </html>
            """, context.RequestAborted);
    }
}

using System.Text.Encodings.Web;
using System.Text.Unicode;
using QuantDash.Core.Primitives;
using QuantDash.Web.Security;

namespace QuantDash.Web.Problems;

/// <summary>A failure told to a person who opened a page: title and sentence in their language, without anything that needs a database, an engine or another file.
/// What passes by itself is looked at again.</summary>
internal static class ProblemPage
{
    public const string SecondsUntilAnotherLook = "5";

    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);

    // Where this is shown nothing else may be served that a page could be drawn with.
    private const string Style =
        ":root{--back:#f4f6f9;--card:#fff;--line:#d5dbe3;--text:#1b2430;--weak:#5a6675;--accent:#1f5fc4}@media(prefers-color-scheme:dark){:root{--back:#0b0f14;--card:#111820;--line:#273241;--text:#e8edf3;--weak:#97a3b2;--accent:#6aa5ff}}"
        + "body{margin:0;min-height:100vh;display:grid;place-items:center;background:var(--back);color:var(--text);font:15px/1.6 system-ui,\"PingFang SC\",\"Microsoft YaHei\",\"Noto Sans CJK SC\",sans-serif}"
        + "main{box-sizing:border-box;width:min(30rem,calc(100vw - 2rem));padding:1.75rem;border:1px solid var(--line);border-left:4px solid var(--accent);border-radius:10px;background:var(--card)}"
        + "strong{color:var(--weak);font-size:13px}h1{margin:.25rem 0 .5rem;font-size:20px}p{margin:0;overflow-wrap:anywhere}";

    public static bool IsWanted(HttpContext context) =>
        (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsPost(context.Request.Method)) && !ProgramPaths.Contains(context.Request.Path)
        && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    public static Task ExecuteAsync(HttpContext context, ProblemKind kind, Problem why)
    {
        var language = RequestLanguage.OfPage(context);
        var (title, sentence) = (Html.Encode(ProblemSentences.Title(kind.Name, language)), Html.Encode(ProblemSentences.Write(why, language)));
        var again = "";
        if (kind.Status == StatusCodes.Status503ServiceUnavailable)
        {
            again = $"""<meta http-equiv="refresh" content="{SecondsUntilAnotherLook}">""";
            context.Response.Headers.RetryAfter = SecondsUntilAnotherLook;
        }
        context.Response.StatusCode = kind.Status;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.ContentLanguage = language.Name;
        return context.Response.WriteAsync($"""
            <!DOCTYPE html>
            <html lang="{language.Name}">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="dark light">{again}<title>QuantDash · {title}</title><style>{Style}</style></head>
            <body><main><strong>QuantDash</strong><h1>{title}</h1><p>{sentence}</p></main></body>
            </html>
            """, context.RequestAborted);
    }
}

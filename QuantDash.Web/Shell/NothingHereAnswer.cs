using Microsoft.AspNetCore.Http.HttpResults;

namespace QuantDash.Web.Shell;

/// <summary>An address that is nothing, typed by a person: a sentence and the way back instead of the browser's own error page. Programs get problem details.</summary>
public static class NothingHereAnswer
{
    public static WebApplication UseNothingHere(this WebApplication app)
    {
        app.UseWhen(WantsAPage, branch => branch.UseStatusCodePages(c => c.HttpContext.Response.StatusCode == StatusCodes.Status404NotFound
            ? new RazorComponentResult<NothingHere> { StatusCode = StatusCodes.Status404NotFound }.ExecuteAsync(c.HttpContext)
            : Task.CompletedTask));
        return app;
    }

    private static bool WantsAPage(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method) && !Security.ProgramPaths.Contains(context.Request.Path)
        && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}

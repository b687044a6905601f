using QuantDash.Web.Problems;

namespace QuantDash.Web.Shell;

/// <summary>Turns new work away while the host stops: what would change something, what waits for something to come, and new screens. A screen's connection was just closed
/// and its browser asks again at once; one that slips in then would hold the stop for its whole patience. Reading goes on to the end.</summary>
public static class StoppingGate
{
    private const string Circuit = "/_blazor";
    private static readonly string[] Waiting = ["/ws", "/hubs", "/api/bridge", "/health/ready"];

    public static WebApplication UseStoppingGate(this WebApplication app)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        app.Use((context, next) => stopping.IsCancellationRequested && IsWork(context.Request) ? RefuseAsync(context) : next(context));
        return app;
    }

    private static bool IsWork(HttpRequest request) =>
        !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) || StartsWith(request, Circuit) || Array.Exists(Waiting, path => StartsWith(request, path));

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.Headers.Connection = "close";
        context.Response.Headers.RetryAfter = "5";
        if (!StartsWith(context.Request, Circuit)) return ProblemAnswer.Of(ProblemKind.Stopping, "stopping").ExecuteAsync(context);
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return Task.CompletedTask;
    }

    private static bool StartsWith(HttpRequest request, string path) => request.Path.StartsWithSegments(path, StringComparison.Ordinal);
}

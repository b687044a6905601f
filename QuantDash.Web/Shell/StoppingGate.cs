namespace QuantDash.Web.Shell;

/// <summary>Turns new screen connections away while the host stops. Their old ones were just closed, the browser asks again at once, and a connection
/// that slips in then would hold the stop for its whole patience.</summary>
public static class StoppingGate
{
    private const string Circuit = "/_blazor";

    public static WebApplication UseStoppingGate(this WebApplication app)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        app.Use((context, next) =>
        {
            if (!stopping.IsCancellationRequested || !context.Request.Path.StartsWithSegments(Circuit, StringComparison.Ordinal)) return next(context);
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.Connection = "close";
            return Task.CompletedTask;
        });
        return app;
    }
}

using System.Data.Common;
using Microsoft.AspNetCore.Diagnostics;
using QuantDash.Web.Security;

namespace QuantDash.Web.Problems;

public static class ProblemRegistration
{
    /// <summary>Turns every failure into problem details: what is thrown, and the bare statuses that routing and authentication answer.
    /// People who opened a page get one with a sentence; programs never see HTML, and nobody a stack trace.</summary>
    public static WebApplication UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = AnswerExceptionAsync,
            SuppressDiagnosticsCallback = c => c.Exception is ProblemException or BadHttpRequestException or OperationCanceledException,
        });
        app.UseWhen(
            context => ProgramPaths.Contains(context.Request.Path),
            branch => branch.UseStatusCodePages(c => AnswerStatusAsync(c.HttpContext)));
        return app;
    }

    private static Task AnswerExceptionAsync(HttpContext context)
    {
        var answer = AnswerTo(context.Features.Get<IExceptionHandlerFeature>()?.Error, context);
        return ProblemPage.IsWanted(context) ? ProblemPage.ExecuteAsync(context, answer.Kind, answer.Problems[0]) : answer.ExecuteAsync(context);
    }

    private static ProblemAnswer AnswerTo(Exception? error, HttpContext context) => error switch
    {
        ProblemException known => known.Answer,
        BadHttpRequestException { StatusCode: 413 } => ProblemAnswer.Of(ProblemKind.TooLarge, "body_too_large", MaximumBody(context)),
        BadHttpRequestException bad => ProblemAnswer.Of(ProblemKind.Of(bad.StatusCode), "unreadable"),
        { } away when IsDatabaseAway(away) => ProblemAnswer.Of(ProblemKind.DatabaseAway, "database_away"),
        _ => new(ProblemKind.Internal, new Core.Primitives.Problem("", "internal", context.TraceIdentifier))
        {
            More = new Dictionary<string, object?> { ["id"] = context.TraceIdentifier },
        },
    };

    // The model's layer wraps what the driver threw.
    private static bool IsDatabaseAway(Exception error) => error is DbException { IsTransient: true } || error.InnerException is DbException { IsTransient: true };

    private static Task AnswerStatusAsync(HttpContext context)
    {
        var status = context.Response.StatusCode;
        var answer = status switch
        {
            405 => ProblemAnswer.Of(ProblemKind.MethodNotAllowed, "method_not_allowed", context.Response.Headers.Allow.ToString()),
            404 => ProblemAnswer.Of(ProblemKind.NotFound, "not_found"),
            415 => ProblemAnswer.Of(ProblemKind.UnsupportedMediaType, "not_json", context.Request.ContentType ?? "-"),
            413 => ProblemAnswer.Of(ProblemKind.TooLarge, "body_too_large", MaximumBody(context)),
            _ => ProblemAnswer.Of(ProblemKind.Of(status), "failed", status),
        };
        return answer.ExecuteAsync(context);
    }

    private static object? MaximumBody(HttpContext context) =>
        context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize;
}

using QuantDash.Core.Primitives;
using QuantDash.Web.Problems;

namespace QuantDash.Web.Shell;

/// <summary>What a process without an engine says to whoever asks it for more than its health: a page to people, problem details to programs, 503 to both.</summary>
internal static class NoEngineAnswer
{
    public static Task ExecuteAsync(HttpContext context, ProblemKind kind, Problem why) =>
        ProblemPage.IsWanted(context) ? ProblemPage.ExecuteAsync(context, kind, why) : WithRetry(context, kind, why);

    private static Task WithRetry(HttpContext context, ProblemKind kind, Problem why)
    {
        context.Response.Headers.RetryAfter = ProblemPage.SecondsUntilAnotherLook;
        return new ProblemAnswer(kind, why).ExecuteAsync(context);
    }
}

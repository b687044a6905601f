using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;
using QuantDash.Web.Problems;

namespace QuantDash.Web.Features.Notifications;

/// <summary>The link in a message: a page that shows the numbers of this moment and asks for the click, and the same click as a post from the phone itself.
/// Opening the page never does anything: messengers open links to preview them.</summary>
internal static class ConfirmEndpoints
{
    private const int LargestForm = 4 * 1024;

    public static void MapConfirm(this IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("/confirm").AllowAnonymous().ExcludeFromDescription().AddEndpointFilter(LimitAsync).AddEndpointFilter(SpeakAsync);
        pages.MapGet("{token}", ShowAsync);
        pages.MapPost("{token}", ConfirmAsync);
        pages.MapPost("", ConfirmFromMessageAsync);
    }

    private static async Task<IResult> ShowAsync(string token, ConfirmDesk desk, CancellationToken stop) => Page(await desk.LookAsync(token, stop), token);

    private static async Task<IResult> ConfirmAsync(string token, HttpContext context, ConfirmDesk desk, IStringLocalizer<NotificationText> text, CancellationToken stop)
    {
        var outcome = await desk.ConfirmAsync(token, await ShownAsync(context, stop), stop);
        var view = await desk.LookAsync(token, stop);
        if (outcome.Succeeded) return Page(view with { Trigger = outcome.Value }, token, confirmed: true);
        return outcome.Problems is [{ Code: "price_moved", Values: [var before, ..] }] && view.State == LinkState.Open
            ? Page(view, token, notice: text["Moved", before!, view.PriceNow?.ToString() ?? ""], status: StatusCodes.Status409Conflict)
            : Page(view, token, notice: view.State == LinkState.Open ? Sentence(outcome.Problems) : null, status: StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> ConfirmFromMessageAsync(HttpContext context, ConfirmDesk desk, CancellationToken stop)
    {
        var body = await JsonBody.ReadObjectAsync(context, LargestForm);
        body.Require("token");
        var token = body.Text("token");
        if (body.Problems.Count > 0) return ProblemAnswer.Of(body.Problems);

        var outcome = await desk.ConfirmAsync(token!, null, stop);
        if (outcome.Succeeded) return Results.Ok(new ConfirmAnswer(outcome.Value.Id, outcome.Value.Status, outcome.Value.LockVolume.Value, outcome.Value.ErrorMessage));
        return outcome.Problems switch
        {
            [{ Code: "price_moved", Values: [var before, var after, ..] }] =>
                new ProblemAnswer(ProblemKind.Conflict, outcome.Problems) { More = new Dictionary<string, object?> { ["shown_price"] = before, ["price"] = after } },
            [{ Code: "link_used" or "link_expired" }] => new ProblemAnswer(ProblemKind.Gone, outcome.Problems),
            _ => ProblemAnswer.Of(outcome.Problems),
        };
    }

    /// <summary>The price that stood beside the button.</summary>
    private static async Task<Price?> ShownAsync(HttpContext context, CancellationToken stop)
    {
        if (!context.Request.HasFormContentType || context.Request.ContentLength is null or > LargestForm) return null;
        var form = await context.Request.ReadFormAsync(stop);
        return decimal.TryParse(form["shown"], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var shown) && shown > 0 ? new Price(shown) : null;
    }

    private static RazorComponentResult<ConfirmPage> Page(ConfirmView view, string token, bool confirmed = false, string? notice = null, int status = StatusCodes.Status200OK) =>
        new(new { View = view, LinkToken = token, Confirmed = confirmed, Notice = notice })
        {
            PreventStreamingRendering = true,
            StatusCode = confirmed || (status != StatusCodes.Status200OK && view.State == LinkState.Open) ? status : StatusOf(view.State),
        };

    private static int StatusOf(LinkState state) => state switch
    {
        LinkState.Unknown => StatusCodes.Status404NotFound,
        LinkState.Open => StatusCodes.Status200OK,
        _ => StatusCodes.Status410Gone,
    };

    private static string Sentence(IReadOnlyList<Problem> problems) => string.Join(' ', problems.Select(p => ProblemSentences.Write(p, CultureInfo.CurrentUICulture)));

    private static ValueTask<object?> LimitAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.RequestServices.GetRequiredService<ConfirmLimit>().InvokeAsync(context, next);

    private static ValueTask<object?> SpeakAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        CultureInfo.CurrentUICulture = RequestLanguage.OfPage(context.HttpContext);
        context.HttpContext.Response.Headers.CacheControl = "no-store";
        context.HttpContext.Response.Headers["X-Robots-Tag"] = "noindex";
        return next(context);
    }
}

/// <param name="TriggerId">What was confirmed.</param>
/// <param name="ExecutionStatus">executing, or failed with its reason.</param>
public sealed record ConfirmAnswer(Guid TriggerId, TriggerStatus ExecutionStatus, decimal LockVolume, string? ErrorMessage);

/// <summary>So many requests a minute from one address: a token cannot be guessed, and must not cost us anything to try.</summary>
internal sealed class ConfirmLimit : IDisposable
{
    public const int MostAMinute = 60;

    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetFixedWindowLimiter(address, _ => new() { PermitLimit = MostAMinute, Window = TimeSpan.FromMinutes(1) }));

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        using var lease = _limiter.AttemptAcquire(context.HttpContext.Connection.RemoteIpAddress?.ToString() ?? "");
        return lease.IsAcquired ? await next(context) : ProblemAnswer.Of(ProblemKind.TooManyRequests, "too_many_confirms");
    }

    public void Dispose() => _limiter.Dispose();
}

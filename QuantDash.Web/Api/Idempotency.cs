using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using QuantDash.Core.Primitives;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;

namespace QuantDash.Web.Api;

/// <summary>Writes that carry an <c>Idempotency-Key</c>: the same key and request get the same answer for 24 hours and are done once; the same key
/// with another request is refused. Only what was done is kept: a refused write changed nothing and may be corrected under its key.</summary>
public sealed class Idempotency(IdempotencyStore store, TimeProvider clock)
{
    private const int LongestKey = 128;
    private const int LargestBody = 32 * 1024 * 1024;
    private const int LargestKeptAnswer = 1024 * 1024;
    private const string ReplayedHeader = "Idempotency-Replayed";
    private readonly ConcurrentDictionary<(string Caller, string Key), TaskCompletionSource> _running = new();

    public static bool Concerns(HttpContext context) =>
        context.Request.Headers.ContainsKey(IdempotencyId.Header)
        && context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        && !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var key = context.Request.Headers[IdempotencyId.Header].ToString();
        if (key.Length is 0 or > LongestKey || key.Any(c => c is < ' ' or > '~'))
        {
            await ProblemAnswer.Of([new Problem(IdempotencyId.Header, "idempotency_key")]).ExecuteAsync(context);
            return;
        }

        var id = (Caller: IdempotencyId.CallerOf(context.User), Key: key);
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        while (_running.GetOrAdd(id, mine) is { } other && other != mine) await other.Task.WaitAsync(context.RequestAborted);
        try
        {
            await RunOnceAsync(context, next, id.Caller, key);
        }
        finally
        {
            _running.TryRemove(id, out _);
            mine.SetResult();
        }
    }

    private async Task RunOnceAsync(HttpContext context, RequestDelegate next, string caller, string key)
    {
        var fingerprint = await FingerprintAsync(context);
        if (await store.FindAsync(caller, key, context.RequestAborted) is { } before)
        {
            await RepeatAsync(context, before, fingerprint);
            return;
        }

        var body = await CaptureAsync(context, next);
        if (context.Response.StatusCode is < 200 or > 299 || body.Length > LargestKeptAnswer) return;

        // Not the caller's token: it has been done, so the answer is kept even if the caller has gone.
        await store.SaveAsync(
            new()
            {
                Caller = caller,
                Key = key,
                Fingerprint = fingerprint,
                Status = context.Response.StatusCode,
                ContentType = context.Response.ContentType ?? "",
                Body = body,
                CreatedAt = clock.GetUtcNow(),
            },
            CancellationToken.None);
        if (body.Length > 0) await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private static async Task RepeatAsync(HttpContext context, IdempotentAnswer before, string fingerprint)
    {
        if (before.Fingerprint != fingerprint)
        {
            await ProblemAnswer.Of([new Problem(IdempotencyId.Header, "idempotency_key_reused")]).ExecuteAsync(context);
            return;
        }

        context.Response.StatusCode = before.Status;
        context.Response.Headers[ReplayedHeader] = "true";
        if (before.ContentType.Length > 0) context.Response.ContentType = before.ContentType;
        if (before.Body.Length > 0) await context.Response.Body.WriteAsync(before.Body, context.RequestAborted);
    }

    private static async Task<string> FingerprintAsync(HttpContext context)
    {
        var request = context.Request;
        var body = request.ContentLength is 0 || request.ContentType is null ? default : await JsonBody.ReadBytesAsync(context, LargestBody);
        request.Body = new MemoryStream(body.ToArray());
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n"));
        hash.AppendData(body.Span);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The answer's body. What is not kept has been sent already; what is kept is sent by the caller, once it is kept.</summary>
    private static async Task<byte[]> CaptureAsync(HttpContext context, RequestDelegate next)
    {
        var wire = context.Response.Body;
        using var captured = new MemoryStream();
        context.Response.Body = captured;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = wire;
        }

        var body = captured.ToArray();
        if ((context.Response.StatusCode is < 200 or > 299 || body.Length > LargestKeptAnswer) && body.Length > 0)
            await wire.WriteAsync(body, context.RequestAborted);
        return body;
    }
}

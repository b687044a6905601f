using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Net.Http.Headers;
using QuantDash.Core.Primitives;
using QuantDash.Web.Problems;

namespace QuantDash.Web.Api;

/// <summary>Reads a request's JSON body within limits. What cannot be read at all ends the request (400, 413, 415); what can be read but is
/// wrong is collected by <see cref="JsonFields"/>, so that every mistake is named at once.</summary>
public static class JsonBody
{
    public const int UsualLimit = 1024 * 1024;
    public const int DeepestNesting = 16;
    private static readonly JsonDocumentOptions Parsing = new() { MaxDepth = DeepestNesting };

    /// <summary>The body as one object; problems found in it are kept in its <see cref="JsonFields.Problems"/>.</summary>
    public static async Task<JsonFields> ReadObjectAsync(HttpContext context, int limit = UsualLimit)
    {
        var bytes = await ReadBytesAsync(context, limit);
        if (bytes.IsEmpty) throw new ProblemException(ProblemKind.MalformedJson, "empty_body");
        return Parse(context, bytes);
    }

    /// <summary>As <see cref="ReadObjectAsync"/>, but no body at all is an empty object.</summary>
    public static async Task<JsonFields> ReadOptionalObjectAsync(HttpContext context)
    {
        if (context.Request.ContentLength is 0 || (context.Request.ContentLength is null && context.Request.ContentType is null)) return JsonFields.Empty();
        var bytes = await ReadBytesAsync(context, UsualLimit);
        return bytes.IsEmpty ? JsonFields.Empty() : Parse(context, bytes);
    }

    public static async Task<ReadOnlyMemory<byte>> ReadBytesAsync(HttpContext context, int limit)
    {
        var buffer = new ArrayBufferWriter<byte>(Expected(context, limit));
        await ReadAsync(context, buffer, limit);
        RequireUtf8(buffer.WrittenSpan);
        return buffer.WrittenMemory;
    }

    /// <summary>As <see cref="ReadBytesAsync"/>, into lent memory: for bodies that are large and come many times a second, which would otherwise
    /// have the whole heap collected again and again.</summary>
    public static async Task<LentBuffer> ReadLentAsync(HttpContext context, int limit)
    {
        var buffer = new LentBuffer(Expected(context, limit));
        try
        {
            await ReadAsync(context, buffer, limit);
            RequireUtf8(buffer.Written);
            return buffer;
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    private static int Expected(HttpContext context, int limit)
    {
        RequireJson(context.Request);
        RequireAtMost(context.Request.ContentLength ?? 0, limit);
        return (int)Math.Clamp(context.Request.ContentLength ?? 4096, 256, limit);
    }

    private static async Task ReadAsync(HttpContext context, IBufferWriter<byte> buffer, int limit)
    {
        for (long length = 0; ;)
        {
            var read = await context.Request.Body.ReadAsync(buffer.GetMemory(4096), context.RequestAborted);
            if (read == 0) return;
            buffer.Advance(read);
            RequireAtMost(length += read, limit);
        }
    }

    /// <summary>Anything else is no JSON, and a reader that is asked for the text of a value would only then find out.</summary>
    public static void RequireUtf8(ReadOnlySpan<byte> bytes)
    {
        if (!Utf8.IsValid(bytes)) throw new ProblemException(ProblemKind.MalformedJson, "body_not_utf8");
    }

    /// <summary>What <c>JsonException</c> says, as a problem with line and byte counted from 1.</summary>
    public static ProblemException Malformed(JsonException error) => new(
        ProblemKind.MalformedJson, "malformed_json", (error.LineNumber ?? 0) + 1, (error.BytePositionInLine ?? 0) + 1);

    private static JsonFields Parse(HttpContext context, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            var document = JsonDocument.Parse(bytes, Parsing);
            context.Response.RegisterForDispose(document);
            return JsonFields.Root(document.RootElement);
        }
        catch (JsonException error)
        {
            throw Malformed(error);
        }
    }

    private static void RequireJson(HttpRequest request)
    {
        var utf8 = MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && (type.MediaType == "application/json" || type.Suffix == "json")
            && (type.Charset.Length == 0 || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));
        if (!utf8 || request.Headers.ContentEncoding.Count > 0)
            throw new ProblemException(ProblemKind.UnsupportedMediaType, "not_json", $"{request.ContentType} {request.Headers.ContentEncoding}".Trim());
    }

    private static void RequireAtMost(long length, int limit)
    {
        if (length > limit) throw new ProblemException(ProblemKind.TooLarge, new Problem("", "body_too_large", limit));
    }
}

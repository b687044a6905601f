using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using QuantDash.Core.Primitives;
using QuantDash.Web.Configuration;
using QuantDash.Web.Problems;

namespace QuantDash.Web.Api;

/// <summary>A file on its way in: the raw body, or the first file of a multipart form, streamed to disk and never held in memory.</summary>
public sealed class UploadReceiver(IOptions<QuantDashOptions> options)
{
    public const long Largest = 512L * 1024 * 1024;
    private const int BufferSize = 81_920;

    /// <summary>Where it was put, and what its sender called it. Throws <see cref="ProblemException"/> when there is no file or it is too large.</summary>
    public async Task<(string Path, string Name)> ReceiveAsync(HttpContext context)
    {
        if (context.Request.ContentLength > Largest) throw TooLarge();
        var (content, name) = await ContentAsync(context);
        var folder = System.IO.Path.Combine(options.Value.DataDirectory, "uploads");
        Directory.CreateDirectory(folder);
        var path = System.IO.Path.Combine(folder, Guid.NewGuid().ToString("N") + ".csv");
        try
        {
            await using var file = File.Create(path);
            if (await CopyAsync(content, file, context.RequestAborted) == 0) throw new ProblemException(ProblemKind.Validation, new Problem("file", "import_empty"));
            return (path, name);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    private static async Task<long> CopyAsync(Stream from, FileStream to, CancellationToken stop)
    {
        var buffer = new byte[BufferSize];
        int read;
        while ((read = await from.ReadAsync(buffer, stop)) > 0)
        {
            if (to.Length + read > Largest) throw TooLarge();
            await to.WriteAsync(buffer.AsMemory(0, read), stop);
        }

        return to.Length;
    }

    private static async Task<(Stream Content, string Name)> ContentAsync(HttpContext context)
    {
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) || !type.MediaType.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase))
            return (context.Request.Body, "upload");
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (string.IsNullOrEmpty(boundary)) throw NoFile();
        try
        {
            var reader = new MultipartReader(boundary, context.Request.Body);
            while (await reader.ReadNextSectionAsync(context.RequestAborted) is { } section)
            {
                if (section.AsFileSection() is { FileStream: { } content } file) return (content, file.FileName);
            }
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw new ProblemException(ProblemKind.Unreadable, new Problem("file", "import_unreadable", e.Message));
        }

        throw NoFile();
    }

    private static ProblemException NoFile() => new(ProblemKind.Validation, new Problem("file", "required"));

    private static ProblemException TooLarge() => new(ProblemKind.TooLarge, new Problem("file", "body_too_large", Largest));
}

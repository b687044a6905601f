using System.Net.Http.Headers;
using System.Text;

namespace QuantDash.Tests.Web.Api.Fuzz;

/// <summary>One request as it goes out: to be sent again as it was.</summary>
/// <param name="IsMutated">False: as the API takes it.</param>
internal sealed record FuzzRequest(HttpMethod Method, string Path, byte[] Body, string? ContentType, bool IsMutated, FuzzSeed Seed)
{
    public HttpRequestMessage Message()
    {
        var message = new HttpRequestMessage(Method, Path);
        if (Method == HttpMethod.Get || (Body.Length == 0 && ContentType is null)) return message;
        message.Content = new ByteArrayContent(Body);
        if (ContentType is not null) message.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        if (ContentType == "application/json; gzip") message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (ContentType == "application/json; gzip") message.Content.Headers.ContentEncoding.Add("gzip");
        return message;
    }

    public override string ToString() => $"{Method} {Path} [{ContentType}] {Encoding.UTF8.GetString(Body.AsSpan(0, Math.Min(Body.Length, 600)))}";
}

/// <summary>A request that the API takes, with {names} for what the rig knows.</summary>
/// <param name="Weight">How often it is picked.</param>
/// <param name="IsAccepted">Whether it is taken as it stands, however often it comes.</param>
/// <param name="Undo">What takes back what it created: a path with {id} of the answer; DELETE, unless it says POST.</param>
internal sealed record FuzzSeed(string Method, string Path, string Body = "", int Weight = 1, bool IsAccepted = true, string? Undo = null, string ContentType = "application/json");

using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;

namespace QuantDash.Tests.Support;

/// <summary>Every address of the running application, asked from itself so that none can be forgotten. Static files are left out: they are public by nature.</summary>
internal static partial class RoutingTable
{
    private const string SomeId = "00000000-0000-0000-0000-000000000001";

    public static IReadOnlyList<MappedAddress> Of(EndpointDataSource endpoints) =>
    [
        .. from endpoint in endpoints.Endpoints.OfType<RouteEndpoint>()
           where !IsStaticFile(endpoint)
           from method in Methods(endpoint)
           select new MappedAddress(method, Pattern(endpoint), Parameter().Replace(Pattern(endpoint), SomeId)),
    ];

    private static bool IsStaticFile(RouteEndpoint endpoint) =>
        endpoint.Metadata.Any(m => m.GetType().Name == "StaticAssetDescriptor") || Pattern(endpoint).StartsWith("/_framework/", StringComparison.Ordinal)
        || Pattern(endpoint).EndsWith(":file}", StringComparison.Ordinal);

    private static IReadOnlyList<string> Methods(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is { Count: > 0 } some ? some : ["GET", "POST"];

    private static string Pattern(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.TrimStart('/');

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}

/// <param name="Pattern">As it was mapped, such as <c>/api/keys/{id:guid}</c>.</param>
/// <param name="Path">One address of it.</param>
internal sealed record MappedAddress(string Method, string Pattern, string Path)
{
    public override string ToString() => $"{Method} {Pattern}";
}

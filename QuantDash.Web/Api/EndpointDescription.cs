using Microsoft.AspNetCore.Http.Metadata;

namespace QuantDash.Web.Api;

/// <summary>Describes what an endpoint takes, for the OpenAPI document only: the body itself is read tolerantly (<see cref="JsonBody"/>).</summary>
public static class EndpointDescription
{
    public static RouteHandlerBuilder Takes<TBody>(this RouteHandlerBuilder endpoint, bool optional = false)
        where TBody : notnull => endpoint.WithMetadata(new TakesMetadata(typeof(TBody), optional));

    /// <summary>Not <see cref="AcceptsMetadata"/>: that would make routing answer 415 before we can say in words what to send.</summary>
    public sealed record TakesMetadata(Type Body, bool IsOptional);
}

using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using QuantDash.Web.Security;

namespace QuantDash.Web.Api;

/// <summary>The OpenAPI document: only /api and /health, with the bodies that endpoints read by hand.</summary>
internal static class ApiDocument
{
    public static void Configure(OpenApiOptions options)
    {
        options.ShouldInclude = d => d.RelativePath is { } path && (path.StartsWith("api/", StringComparison.Ordinal) || path == "health");
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new()
            {
                Title = "QuantDash",
                Version = "1",
                Description = "Decimals are JSON numbers exact to the tick; times are UTC (in requests also Unix milliseconds). Errors are RFC 9457 problem "
                    + "details that name every wrong field. Lists are {items, next_cursor}, newest first. Writes accept Idempotency-Key.",
            };
            document.Components ??= new();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes["key"] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = ApiKeyAuthentication.Header,
            };
            document.Security = [new() { [new OpenApiSecuritySchemeReference("key", document)] = [] }];
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(DescribeBodyAsync);
    }

    private static async Task DescribeBodyAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken stop)
    {
        var takes = context.Description.ActionDescriptor.EndpointMetadata.OfType<EndpointDescription.TakesMetadata>().FirstOrDefault();
        if (takes is null) return;
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = !takes.IsOptional,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/json"] = new() { Schema = await context.GetOrCreateSchemaAsync(takes.Body, cancellationToken: stop) },
            },
        };
    }
}

using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using QuantDash.Web.Security;

namespace QuantDash.Web.Api;

/// <summary>The OpenAPI document: only /api and /health, with the bodies that endpoints read by hand.</summary>
internal static partial class ApiDocument
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
            ApiProblems.AddSchema(document);
            document.Security = [new() { [new OpenApiSecuritySchemeReference("key", document)] = [] }];
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(DescribeBodyAsync);
        options.AddOperationTransformer(DescribeAnswersAsync);
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

    private static Task DescribeAnswersAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken stop)
    {
        var (method, path) = (context.Description.HttpMethod ?? HttpMethods.Get, "/" + Constraint().Replace(context.Description.RelativePath ?? "", "}").TrimEnd('/'));
        var isOpen = context.Description.ActionDescriptor.EndpointMetadata.OfType<Microsoft.AspNetCore.Authorization.IAllowAnonymous>().Any();
        if (!isOpen) ApiProblems.Describe(operation, context.Document, HttpMethods.IsGet(method), path.Contains('{', StringComparison.Ordinal));
        if (ApiExamples.Find($"{method} {path}") is not { } example) return Task.CompletedTask;
        Show(operation, example);
        if (example.Query is { } query) operation.Description = $"For example `{method} {path}{query}`";
        return Task.CompletedTask;
    }

    private static void Show(OpenApiOperation operation, ApiExample example)
    {
        if (example.Request is { } sent)
        {
            operation.RequestBody ??= new OpenApiRequestBody();
            if (operation.RequestBody is OpenApiRequestBody body) MediaOf(body.Content ??= new Dictionary<string, OpenApiMediaType>(), sent is JsonValue ? "text/csv" : "application/json").Example = sent.DeepClone();
        }

        var status = example.Status.ToString(System.Globalization.CultureInfo.InvariantCulture);
        operation.Responses ??= [];
        if (!operation.Responses.TryGetValue(status, out var known)) operation.Responses[status] = known = new OpenApiResponse { Description = "OK" };
        if (known is OpenApiResponse response && example is { Response: { } answer, ContentType: { } type }) MediaOf(response.Content ??= new Dictionary<string, OpenApiMediaType>(), type).Example = answer.DeepClone();
        if (status != "200") operation.Responses.Remove("200"); // What the framework guesses of an endpoint that does not say.
    }

    private static OpenApiMediaType MediaOf(IDictionary<string, OpenApiMediaType> content, string type)
    {
        if (!content.TryGetValue(type, out var media)) content[type] = media = new();
        return media;
    }

    /// <summary>What routing asks of a parameter, which the document does not tell.</summary>
    [GeneratedRegex(@":[a-z]+\}")]
    private static partial Regex Constraint();
}

using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using QuantDash.Core.Primitives;
using QuantDash.Web.Problems;

namespace QuantDash.Web.Api;

/// <summary>How operations of the document say no.</summary>
internal static class ApiProblems
{
    private const string SchemaName = "Problem";
    private static readonly (ProblemKind Kind, Problem Example, string Meaning)[] OfAll =
    [
        (ProblemKind.Unauthorized, new("", "not_signed_in"), "No key, or a wrong one"),
        (ProblemKind.Forbidden, new("", "missing_scope", "trade"), "The key lacks the scope"),
        (ProblemKind.Validation, new("symbol", "required"), "What was sent makes no sense: every wrong field is named"),
        (ProblemKind.TooManyRequests, new("", "too_many_requests", 200, 1), "Too many requests of one caller: Retry-After says when to come again"),
        (ProblemKind.Starting, new("", "stopping"), "Starting, standing by, stopping, or the database is away"),
    ];

    private static readonly (ProblemKind Kind, Problem Example, string Meaning)[] OfWrites =
    [
        (ProblemKind.MalformedJson, new("", "malformed_json", 1, 17), "The body is no JSON"),
        (ProblemKind.Conflict, new("id", "already_final", "filled"), "Right in itself, and not as things stand"),
        (ProblemKind.TooLarge, new("", "body_too_large", JsonBody.UsualLimit), "The body is too large"),
        (ProblemKind.UnsupportedMediaType, new("", "not_json", "text/plain"), "The body is of another type"),
    ];

    private static readonly (ProblemKind Kind, Problem Example, string Meaning)[] OfNamedThings = [(ProblemKind.NotFound, new("id", "unknown_rule", "…"), "There is no such thing")];

    public static void AddSchema(OpenApiDocument document)
    {
        document.Components ??= new();
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        document.Components.Schemas[SchemaName] = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "Problem details (RFC 9457): a sentence and a stable code for every wrong field, in the caller's language. The field is empty for what concerns the whole request.",
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["type"] = new OpenApiSchema { Type = JsonSchemaType.String },
                ["title"] = new OpenApiSchema { Type = JsonSchemaType.String },
                ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
                ["detail"] = new OpenApiSchema { Type = JsonSchemaType.String },
                ["errors"] = Lists("Sentences by field"),
                ["codes"] = Lists("Codes by field"),
            },
        };
    }

    public static void Describe(OpenApiOperation operation, OpenApiDocument? document, bool isRead, bool isNamed)
    {
        operation.Responses ??= [];
        foreach (var (kind, example, meaning) in OfAll.Concat(isRead ? [] : OfWrites).Concat(isNamed ? OfNamedThings : []))
        {
            operation.Responses[kind.Status.ToString(System.Globalization.CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = meaning,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["application/problem+json"] = new()
                    {
                        Schema = new OpenApiSchemaReference(SchemaName, document),
                        Example = System.Text.Json.JsonSerializer.SerializeToNode(new ProblemAnswer(kind, example).Body(RequestLanguage.English), ApiJson.Options) as JsonObject,
                    },
                },
            };
        }
    }

    private static OpenApiSchema Lists(string meaning) => new()
    {
        Type = JsonSchemaType.Object,
        Description = meaning,
        AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
    };
}

using System.Text.Json;
using System.Text.Json.Nodes;

namespace QuantDash.Web.Api;

/// <summary>What programs send and get, an example of each operation: Examples.json, recorded from a run of the real program (ApiExampleTests), which every build repeats.</summary>
public static class ApiExamples
{
    private static readonly Lazy<IReadOnlyDictionary<string, ApiExample>> Recorded = new(Load);

    /// <summary>By method and path: <c>POST /api/orders</c>.</summary>
    public static ApiExample? Find(string operation) => Recorded.Value.GetValueOrDefault(operation);

    private static Dictionary<string, ApiExample> Load()
    {
        using var file = typeof(ApiExamples).Assembly.GetManifestResourceStream("QuantDash.Web.Api.Examples.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, ApiExample>>(file, ApiJson.Options)!;
    }
}

/// <param name="Query">Of the address, with its question mark; null: none.</param>
/// <param name="Request">Null: no body.</param>
/// <param name="Response">Null: none, as with 204. A text where the answer is no JSON.</param>
public sealed record ApiExample(string? Query, JsonNode? Request, int Status, string? ContentType, JsonNode? Response);

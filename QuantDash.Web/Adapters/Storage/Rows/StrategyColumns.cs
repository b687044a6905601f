using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace QuantDash.Web.Adapters.Storage.Rows;

/// <summary>What strategies have in one column of JSON: names with their values, as they are.</summary>
internal static class StrategyColumns
{
    public static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(IReadOnlyDictionary<string, string> values) => JsonSerializer.Serialize(values.ToDictionary(value => Storable(value.Key), value => Storable(value.Value), StringComparer.Ordinal), Json);

    public static IReadOnlyDictionary<string, string> Read(string json) => new Dictionary<string, string>(JsonSerializer.Deserialize<Dictionary<string, string>>(json, Json) ?? [], StringComparer.Ordinal);

    public static string Write(IReadOnlyList<string> values) => JsonSerializer.Serialize(values.Select(Storable), Json);

    public static IReadOnlyList<string> ReadList(string json) => JsonSerializer.Deserialize<string[]>(json, Json) ?? [];

    public static string? Write(TimeOnly? time) => time?.ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    public static TimeOnly? ReadTime(string? text) => text is null ? null : TimeOnly.ParseExact(text, "HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Storable(string text) => StorableText.Of(text);
}

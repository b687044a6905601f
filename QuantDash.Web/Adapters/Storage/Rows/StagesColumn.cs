using System.Text.Json;
using System.Text.Json.Serialization;
using QuantDash.Core.Locking;

namespace QuantDash.Web.Adapters.Storage.Rows;

/// <summary>The stages of a ladder in one column: <c>[{"level":5238.8,"ratio":0.3}]</c>.</summary>
internal static class StagesColumn
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowReadingFromString };

    public static string Write(IReadOnlyList<LadderStage> stages) =>
        stages.Count == 0 ? "[]" : JsonSerializer.Serialize(stages.Select(stage => new Entry { Level = stage.Level, Ratio = stage.Ratio.Value }), Options);

    /// <summary>Throws <see cref="JsonException"/> on anything else than a list of stages.</summary>
    public static IReadOnlyList<LadderStage> Read(string json) =>
        json == "[]" ? [] : [.. (JsonSerializer.Deserialize<Entry[]>(json, Options) ?? []).Select(entry => new LadderStage(entry.Level, new(entry.Ratio)))];

    private sealed record Entry
    {
        [JsonRequired]
        public decimal Level { get; init; }

        [JsonRequired]
        public decimal Ratio { get; init; }
    }
}

using System.Globalization;
using System.Reflection;
using System.Text.Json;
using QuantDash.Core.Locking;
using QuantDash.Web.Api;

namespace QuantDash.Web.Features.Locks;

internal enum RuleColumnKind { Text, Number, Flag, List, Stages }

/// <summary>A column of the rules file: the name and the meaning are those of the HTTP field.</summary>
internal sealed record RuleColumn(string Name, RuleColumnKind Kind)
{
    private const char ItemsApart = '|';
    private const char RatioApart = ':';

    /// <summary>The rule's id, then the fields of <see cref="LockRuleBody"/> in their order.</summary>
    public static IReadOnlyList<RuleColumn> All { get; } =
        [new("id", RuleColumnKind.Text), .. typeof(LockRuleBody).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(p => new RuleColumn(JsonNamingPolicy.SnakeCaseLower.ConvertName(p.Name), KindOf(p.PropertyType)))];

    /// <summary>What the cells of a rule say, by column.</summary>
    public static IReadOnlyList<object?> CellsOf(LockRule rule)
    {
        var fields = JsonSerializer.SerializeToElement(LockRuleAnswer.Of(rule), ApiJson.Options);
        return [.. All.Select(column => column.CellOf(fields.GetProperty(column.Name)))];
    }

    /// <summary>A cell as the value of its HTTP field. What cannot be read as its kind stays text, and is refused like any program's.</summary>
    public void Write(Utf8JsonWriter json, string cell)
    {
        json.WritePropertyName(Name);
        var text = cell.Trim();
        if (text.Length == 0) json.WriteNullValue();
        else if (Kind == RuleColumnKind.Number && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) json.WriteNumberValue(number);
        else if (Kind == RuleColumnKind.Flag && bool.TryParse(text, out var flag)) json.WriteBooleanValue(flag);
        else if (Kind == RuleColumnKind.List) WriteList(json, text);
        else if (Kind == RuleColumnKind.Stages && StagesIn(text) is { } stages) JsonSerializer.Serialize(json, stages, ApiJson.Options);
        else json.WriteStringValue(CsvText.Unguarded(Kind == RuleColumnKind.Text ? cell : text));
    }

    private object? CellOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True or JsonValueKind.False => value.GetBoolean(),
        JsonValueKind.Number => value.GetDecimal(),
        JsonValueKind.Array when Kind == RuleColumnKind.Stages => string.Join(ItemsApart, value.EnumerateArray().Select(stage => $"{stage.GetProperty("level").GetRawText()}{RatioApart}{stage.GetProperty("ratio").GetRawText()}")),
        JsonValueKind.Array => string.Join(ItemsApart, value.EnumerateArray().Select(item => item.GetString())),
        _ => value.GetString(),
    };

    private static void WriteList(Utf8JsonWriter json, string text)
    {
        json.WriteStartArray();
        foreach (var item in text.Split(ItemsApart, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)) json.WriteStringValue(item);
        json.WriteEndArray();
    }

    /// <summary>Null when a stage is no <c>level:ratio</c>.</summary>
    private static IReadOnlyList<LadderStageBody>? StagesIn(string text)
    {
        List<LadderStageBody> stages = [];
        foreach (var stage in CsvText.Unguarded(text).Split(ItemsApart, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (stage.Split(RatioApart) is not [var level, var ratio]) return null;
            if (!decimal.TryParse(level, NumberStyles.Float, CultureInfo.InvariantCulture, out var at) || !decimal.TryParse(ratio, NumberStyles.Float, CultureInfo.InvariantCulture, out var share)) return null;
            stages.Add(new(at, share));
        }

        return stages;
    }

    private static RuleColumnKind KindOf(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain == typeof(bool)) return RuleColumnKind.Flag;
        if (plain == typeof(decimal) || plain == typeof(int)) return RuleColumnKind.Number;
        if (plain == typeof(IReadOnlyList<LadderStageBody>)) return RuleColumnKind.Stages;
        return plain == typeof(IReadOnlyList<TriggerType>) ? RuleColumnKind.List : RuleColumnKind.Text;
    }
}

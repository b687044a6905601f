using System.Text.Json;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Api;

/// <summary>The fields of one JSON object, read tolerantly: a wrong one adds a <see cref="Problem"/> and reads as null, so that one pass names
/// every mistake. Unknown fields are welcome; a known name given twice is not, because nobody can say which one was meant.</summary>
public sealed class JsonFields
{
    private const decimal LargestNumber = 1_000_000_000_000_000m;
    private const int MostProblems = 100;
    private readonly Dictionary<string, JsonElement> _fields = new(StringComparer.Ordinal);
    private readonly string _path;

    private JsonFields(string path, List<Problem> problems)
    {
        _path = path;
        Problems = problems;
    }

    /// <summary>Every problem found so far, in this object and those around it.</summary>
    public List<Problem> Problems { get; }

    public static JsonFields Empty() => new("", []);

    public static JsonFields Root(JsonElement element)
    {
        var fields = new JsonFields("", []);
        fields.Take(element);
        return fields;
    }

    /// <summary>Given at all, be it as null.</summary>
    public bool Has(string name) => _fields.ContainsKey(name);

    /// <summary>Given and not null.</summary>
    public bool HasValue(string name) => _fields.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null;

    public void Require(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (!HasValue(name)) Refuse(name, "required");
        }
    }

    public void Refuse(string name, string code, params IReadOnlyList<object?> values)
    {
        if (Problems.Count < MostProblems) Problems.Add(new(PathOf(name), code, values));
    }

    public string PathOf(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    public string? Text(string name, int longest = 128)
    {
        if (!TryGet(name, JsonValueKind.String, "not_text", out var value)) return null;
        if (JsonText.Read(value) is not { } text)
        {
            Refuse(name, "bad_text");
            return null;
        }

        if (text.Length <= longest) return text;
        Refuse(name, "too_long", longest, text.Length);
        return null;
    }

    /// <summary>A text, or a number as it was written.</summary>
    public string? TextOrNumber(string name, int longest) =>
        _fields.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.Number && value.GetRawText() is var text && text.Length <= longest ? text : Text(name, longest);

    /// <summary>A text of any length, with its line ends.</summary>
    public string? RawText(string name)
    {
        if (!TryGet(name, JsonValueKind.String, "not_text", out var value)) return null;
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            Refuse(name, "bad_text");
            return null;
        }
    }

    public decimal? Number(string name)
    {
        if (!TryGet(name, JsonValueKind.Number, "not_a_number", out var value)) return null;
        if (value.TryGetDecimal(out var number) && Math.Abs(number) <= LargestNumber) return number;
        Refuse(name, "out_of_range", -LargestNumber, LargestNumber, value.GetRawText());
        return null;
    }

    public int? Integer(string name, int least, int most)
    {
        if (Number(name) is not { } number) return null;
        if (number != decimal.Truncate(number)) Refuse(name, "not_an_integer", number);
        else if (number < least || number > most) Refuse(name, "out_of_range", least, most, number);
        else return (int)number;
        return null;
    }

    public bool? Flag(string name)
    {
        if (!HasValue(name)) return null;
        var value = _fields[name];
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();
        Refuse(name, "not_a_boolean", value.GetRawText());
        return null;
    }

    /// <summary>A member of <typeparamref name="T"/> by its snake_case name.</summary>
    public T? Choice<T>(string name)
        where T : struct, Enum
    {
        if (Text(name) is not { } text) return null;
        if (WireNames<T>.TryRead(text, out var choice)) return choice;
        Refuse(name, "not_allowed", text, WireNames<T>.All);
        return null;
    }

    /// <summary>ISO-8601 with a zone, or Unix milliseconds.</summary>
    public DateTimeOffset? Time(string name)
    {
        if (!HasValue(name)) return null;
        var value = _fields[name];
        if (JsonTime.TryRead(value, out var time)) return time;
        Refuse(name, "not_a_time", value.GetRawText());
        return null;
    }

    /// <summary>The texts of an array; null when absent or wrong.</summary>
    public IReadOnlyList<string>? Texts(string name, int most) =>
        Items(name, most)?.Select(item => JsonText.Read(item) ?? item.GetRawText()).ToList();

    /// <summary>The objects of an array; null when absent or no array.</summary>
    public IReadOnlyList<JsonFields>? Objects(string name, int most) =>
        Items(name, most)?.Select((item, index) =>
        {
            var fields = new JsonFields($"{PathOf(name)}[{index}]", Problems);
            fields.Take(item);
            return fields;
        }).ToList();

    /// <summary>The items of an array as they came; null when absent or no array.</summary>
    public IReadOnlyList<JsonElement>? Elements(string name, int most) => Items(name, most);

    /// <summary>An object within this one; null when absent or no object.</summary>
    public JsonFields? Object(string name)
    {
        if (!TryGet(name, JsonValueKind.Object, "not_an_object", out var value)) return null;
        var fields = new JsonFields(PathOf(name), Problems);
        fields.Take(value);
        return fields;
    }

    /// <summary>Every member of an object within this one, as it came; empty when absent or no object.</summary>
    public IReadOnlyList<KeyValuePair<string, JsonElement>> Members(string name, int most)
    {
        if (Object(name) is not { } fields) return [];
        if (fields._fields.Count <= most) return [.. fields._fields];
        Refuse(name, "too_many_items", most, fields._fields.Count);
        return [];
    }

    private IReadOnlyList<JsonElement>? Items(string name, int most)
    {
        if (!TryGet(name, JsonValueKind.Array, "not_an_array", out var value)) return null;
        var count = value.GetArrayLength();
        if (count <= most) return [.. value.EnumerateArray()];
        Refuse(name, "too_many_items", most, count);
        return null;
    }

    private void Take(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            Problems.Add(new(_path, "not_an_object", element.GetRawText()));
            return;
        }

        foreach (var property in element.EnumerateObject())
        {
            var name = JsonText.ReadName(property);
            if (!_fields.TryAdd(name, property.Value)) Refuse(name, "duplicate_field");
        }
    }

    private bool TryGet(string name, JsonValueKind kind, string code, out JsonElement value)
    {
        if (!_fields.TryGetValue(name, out value) || value.ValueKind == JsonValueKind.Null) return false;
        if (value.ValueKind == kind) return true;
        Refuse(name, code, value.GetRawText());
        return false;
    }
}

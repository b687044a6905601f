using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace QuantDash.Web.Adapters.Storage.Audit;

/// <summary>A row as a JSON object under the names of its columns: all of it, or only what differs from another.</summary>
internal sealed class RowWords
{
    // They move with every save and say nothing.
    private static readonly string[] Unsaid = ["updated_at", "revision"];
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    // Dividing by it takes trailing zeros off: 1.50 and 1.5 are one number, whichever way a database gives it back.
    private const decimal OneWithAllItsDecimals = 1.0000000000000000000000000000m;

    private readonly List<(string Name, Func<object, object?> Read)> _columns;

    /// <param name="entity">Whose rows.</param>
    /// <param name="all">Also what moves with every save.</param>
    public RowWords(IEntityType entity, bool all = false)
    {
        _columns = [.. from property in entity.GetProperties()
                       let name = property.GetColumnName()
                       where all || !Unsaid.Contains(name)
                       select (name, (Func<object, object?>)property.GetGetter().GetClrValue)];
    }

    /// <summary>Everything that is not null.</summary>
    public string Of(object row) => Write(_columns.Select(column => (column.Name, Value: column.Read(row))).Where(column => column.Value is not null));

    /// <summary>The columns that differ, as they were and as they are; null when none does.</summary>
    public (string Before, string After)? Difference(object before, object after)
    {
        var changed = (from column in _columns
                       let was = column.Read(before)
                       let now = column.Read(after)
                       where !Equals(was, now)
                       select new { column.Name, Was = was, Now = now }).ToList();
        return changed.Count == 0 ? null : (Write(changed.Select(c => (c.Name, (object?)c.Was))), Write(changed.Select(c => (c.Name, (object?)c.Now))));
    }

    private static string Write(IEnumerable<(string Name, object? Value)> columns)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, Options))
        {
            json.WriteStartObject();
            foreach (var (name, value) in columns)
            {
                json.WritePropertyName(name);
                Write(json, value);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    private static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case int number: json.WriteNumberValue(number); break;
            case long number: json.WriteNumberValue(number); break;
            case decimal number: json.WriteNumberValue(number / OneWithAllItsDecimals); break;
            case Guid id: json.WriteStringValue(id); break;
            case DateTimeOffset at: json.WriteStringValue(at.UtcDateTime); break;
            case DateOnly day: json.WriteStringValue(day.ToString("O", System.Globalization.CultureInfo.InvariantCulture)); break;
            case byte[] bytes: json.WriteBase64StringValue(bytes); break;
            case string text: json.WriteStringValue(StorableText.Of(text)); break;
            default: throw new ArgumentOutOfRangeException(nameof(value), value, $"No JSON is known for {value.GetType().Name}.");
        }
    }
}

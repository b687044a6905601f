using System.Buffers;
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

    private readonly (string Name, Func<object, object?> Read)[] _columns;

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
    public string Of(object row)
    {
        using var words = new Words();
        foreach (var (name, read) in _columns)
            if (read(row) is { } value) words.Add(name, value);
        return words.ToString();
    }

    /// <summary>The columns that differ, as they were and as they are; null when none does.</summary>
    public (string Before, string After)? Difference(object before, object after)
    {
        using var was = new Words();
        using var now = new Words();
        var differs = false;
        foreach (var (name, read) in _columns)
        {
            var (old, next) = (read(before), read(after));
            if (Equals(old, next)) continue;
            differs = true;
            was.Add(name, old);
            now.Add(name, next);
        }

        return differs ? (was.ToString(), now.ToString()) : null;
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

    /// <summary>One JSON object as it is being written.</summary>
    private sealed class Words : IDisposable
    {
        private readonly ArrayBufferWriter<byte> _text = new(512);
        private readonly Utf8JsonWriter _json;

        public Words()
        {
            _json = new(_text, Options);
            _json.WriteStartObject();
        }

        public void Add(string name, object? value)
        {
            _json.WritePropertyName(name);
            Write(_json, value);
        }

        public override string ToString()
        {
            _json.WriteEndObject();
            _json.Flush();
            return Encoding.UTF8.GetString(_text.WrittenSpan);
        }

        public void Dispose() => _json.Dispose();
    }
}

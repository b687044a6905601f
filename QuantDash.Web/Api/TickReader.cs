using System.Text;
using System.Text.Json;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Api;

/// <summary>Reads an array of ticks in one pass over the bytes: tens of thousands a request, no object tree. Wrong types and missing fields are
/// collected by item; what a price is worth is for the gate to say.</summary>
internal ref struct TickReader
{
    private const int MostProblems = 100;
    private readonly List<Problem> _problems;
    private readonly Dictionary<int, string> _symbols = [];
    private Utf8JsonReader _json;
    private int _index;

    private TickReader(ReadOnlySpan<byte> body, List<Problem> problems)
    {
        _json = new(body, new JsonReaderOptions { MaxDepth = JsonBody.DeepestNesting });
        _problems = problems;
    }

    /// <summary>Every tick of the body, or every mistake in it. Bytes that are no JSON end the request.</summary>
    public static Outcome<IReadOnlyList<SymbolTick>> Read(ReadOnlySpan<byte> body)
    {
        try
        {
            var problems = new List<Problem>();
            var ticks = new TickReader(body, problems).ReadAll();
            return problems.Count == 0 ? Outcome<IReadOnlyList<SymbolTick>>.Success(ticks) : Outcome<IReadOnlyList<SymbolTick>>.Failure(problems);
        }
        catch (JsonException error)
        {
            throw JsonBody.Malformed(error);
        }
    }

    private TickBlocks ReadAll()
    {
        var ticks = new TickBlocks();
        _json.Read();
        if (_json.TokenType != JsonTokenType.StartArray)
        {
            _problems.Add(new("", "not_an_array", _json.TokenType));
            _json.Skip();
        }
        else
        {
            for (_index = 0; _json.Read() && _json.TokenType != JsonTokenType.EndArray; _index++)
            {
                if (_json.TokenType == JsonTokenType.StartObject) ticks.Add(ReadTick());
                else RefuseItem();
            }
        }

        while (_json.Read())
        {
            // Only white space may follow: anything else throws.
        }

        return ticks;
    }

    private SymbolTick ReadTick()
    {
        string? symbol = null;
        DateTimeOffset? timestamp = null;
        double? last = null;
        var tick = new RawTick { Timestamp = default, LastPrice = 0 };
        var seen = TickFields.None;
        while (_json.Read() && _json.TokenType != JsonTokenType.EndObject)
        {
            var field = TickField.Of(ref _json);
            if (field != TickFields.None && (seen & field) != 0) Refuse(TickField.Name(field), "duplicate_field");
            seen |= field;
            _json.Read();
            switch (field)
            {
                case TickFields.None: _json.Skip(); break;
                case TickFields.Symbol: symbol = ReadSymbol(); break;
                case TickFields.Timestamp: timestamp = ReadTime(); break;
                case TickFields.LastPrice: last = ReadNumber(field); break;
                default: tick = TickField.With(tick, field, ReadNumber(field)); break;
            }
        }

        Require(TickFields.Symbol, symbol is not null, seen);
        Require(TickFields.Timestamp, timestamp is not null, seen);
        Require(TickFields.LastPrice, last is not null, seen);
        return new(symbol ?? "", tick with { Timestamp = timestamp ?? default, LastPrice = last ?? 0 });
    }

    /// <summary>The same few names come thousands of times: one string each.</summary>
    private string? ReadSymbol()
    {
        const int longest = 64;
        if (_json.TokenType == JsonTokenType.Null) return null;
        if (_json.TokenType != JsonTokenType.String || _json.ValueIsEscaped || _json.ValueSpan.Length is 0 or > longest)
        {
            Refuse("symbol", "not_text", Shown());
            return null;
        }

        var hash = new HashCode();
        hash.AddBytes(_json.ValueSpan);
        var key = hash.ToHashCode();
        if (_symbols.TryGetValue(key, out var known) && _json.ValueTextEquals(known)) return known;
        return _symbols[key] = Encoding.UTF8.GetString(_json.ValueSpan);
    }

    private DateTimeOffset? ReadTime()
    {
        if (_json.TokenType == JsonTokenType.Null) return null;
        if (JsonTime.TryReadAnyYear(ref _json, out var time)) return time;
        Refuse("timestamp", "not_a_time", Shown());
        return null;
    }

    private double? ReadNumber(TickFields field)
    {
        if (_json.TokenType == JsonTokenType.Null) return null;
        if (_json.TokenType == JsonTokenType.Number && _json.TryGetDouble(out var number)) return number;
        Refuse(TickField.Name(field), "not_a_number", Shown());
        return null;
    }

    // A wrong value was named already; a missing one and a null are the same to who needs it.
    private readonly void Require(TickFields field, bool present, TickFields seen)
    {
        var name = TickField.Name(field);
        var path = $"items[{_index}].{name}";
        if (!present && ((seen & field) == 0 || !_problems.Exists(p => p.Field == path))) Refuse(name, "required");
    }

    private void RefuseItem()
    {
        if (_problems.Count < MostProblems) _problems.Add(new($"items[{_index}]", "not_an_object", Shown()));
        if (_json.TokenType == JsonTokenType.StartArray) _json.Skip();
    }

    private readonly void Refuse(string name, string code, params IReadOnlyList<object?> values)
    {
        if (_problems.Count < MostProblems) _problems.Add(new($"items[{_index}].{name}", code, values));
    }

    private string Shown()
    {
        var text = _json.TokenType is JsonTokenType.StartObject ? "{…}" : _json.TokenType is JsonTokenType.StartArray ? "[…]" : Encoding.UTF8.GetString(_json.ValueSpan);
        _json.Skip();
        return text;
    }
}

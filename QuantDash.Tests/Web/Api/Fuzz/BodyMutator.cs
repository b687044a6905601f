using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace QuantDash.Tests.Web.Api.Fuzz;

/// <summary>Makes what programs send by mistake, and what nobody sends, of bodies that are right.</summary>
internal sealed class BodyMutator(Random random)
{
    private static readonly string[] Values =
    [
        "null", "true", "false", "\"\"", "0", "-1", "-0", "1", "0.1", "1e308", "-1e308", "1e-320", "1e999", "99999999999999999999999999999999", "9223372036854775808", "5501", "0.00000000000000000001", "79228162514264337593543950336",
        "\"NaN\"", "\"Infinity\"", "\"-1\"", "\"5500\"", "\"null\"", "[]", "{}", "[null]", "[[]]", "{\"a\":1}", "\"\\u0000\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"🙂🙂\"", "\"\\u202eabc\"", "\"锁仓\"", "\"\\r\\n\"", "\"'; DROP TABLE orders; --\"",
        "\"<script>alert(1)</script>\"", "\"=cmd|' /C calc'!A0\"", "\"../../etc/passwd\"", "\"2025-01-06\"", "\"2025-01-06T01:30:00Z\"", "\"9999-12-31T23:59:59Z\"", "\"0001-01-01T00:00:00+14:00\"", "\"2025-01-06T25:61:61Z\"", "-62135596800001", "253402300800000",
        "\"00000000-0000-0000-0000-000000000000\"", "\"CZCE.\"", "\".TA2505\"", "\"CZCE.TA9913\"", "\"TA\"", "\"US.AAPL\"", "\"BINANCE.BTCUSDT\"", "\"{0}\"", "\"%00%n\"", "\"Long\"", "\"LONG\"", "\"long \"", "2147483648", "-2147483649", "3.0000001",
    ];

    private static readonly string?[] Types =
    [
        "text/plain", "application/xml", null, "application/json; charset=utf-16", "application/json;charset=", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "multipart/form-data", "application/json; gzip", "json", "application/problem+json", "application/json, text/html",
    ];

    private static readonly string[] Ids = ["00000000-0000-0000-0000-000000000001", "x", "..%2f..%2fetc", "%01", "%F0%9F%99%82", "-1", "99999999999999999999", "%", "a%2Fb", "null", "QD1-1", "A_B-c"];

    public FuzzRequest Mutate(FuzzRequest valid)
    {
        var times = random.Next(10) == 0 ? random.Next(2, 6) : 1;
        for (var i = 0; i < times; i++) valid = Once(valid) with { IsMutated = true };
        return valid;
    }

    private FuzzRequest Once(FuzzRequest valid)
    {
        if (valid.Method == HttpMethod.Get) return valid with { Path = Query(valid.Path) };
        var kind = random.Next(valid.Body.Length == 0 ? 92 : 0, 100);
        if (kind < 60) return Reshaped(valid);
        if (kind < 90) return valid with { Body = Rewritten(valid.Body) };
        if (kind < 93) return valid with { ContentType = Types[random.Next(Types.Length)] };
        return valid with { Path = random.Next(2) == 0 ? Query(valid.Path) : Segment(valid.Path) };
    }

    private FuzzRequest Reshaped(FuzzRequest valid)
    {
        try
        {
            if (JsonNode.Parse(valid.Body) is { } root && Places(root).ToList() is { Count: > 0 } places)
            {
                places[random.Next(places.Count)]();
                return valid with { Body = Encoding.UTF8.GetBytes(Unquoted(root.ToJsonString())) };
            }
        }
        catch (Exception error) when (error is System.Text.Json.JsonException or InvalidOperationException or ArgumentException)
        {
            // Mutated before, and no JSON any more.
        }

        return valid with { Body = Rewritten(valid.Body) };
    }

    // A raw value cannot stand in a node tree: it goes in as a marked text.
    private static string Unquoted(string json)
    {
        const string mark = "\"@raw:";
        var at = json.IndexOf(mark, StringComparison.Ordinal);
        if (at < 0) return json;
        var end = json.IndexOf('"', at + 1);
        var index = int.Parse(json.AsSpan(at + mark.Length, end - at - mark.Length), CultureInfo.InvariantCulture);
        return string.Concat(json.AsSpan(0, at), Values[index], json.AsSpan(end + 1));
    }

    /// <summary>Everything that could be done to some part of it.</summary>
    private IEnumerable<Action> Places(JsonNode node)
    {
        if (node is JsonObject fields)
        {
            foreach (var (name, value) in fields.ToList())
            {
                yield return () => fields[name] = Raw();
                yield return () => fields[name] = Raw();
                yield return () => fields.Remove(name);
                yield return () => fields[name] = Nested(random.Next(2, 40));
                yield return () => fields[name] = new string((char)random.Next('a', 'z'), random.Next(100, 3000));
                yield return () => Rename(fields, name);
                if (value is null) continue;
                foreach (var place in Places(value)) yield return place;
            }

            yield return () => fields["unknown_" + random.Next(1000).ToString(CultureInfo.InvariantCulture)] = Raw();
        }
        else if (node is JsonArray items)
        {
            yield return () => items.Add(Raw());
            yield return items.Clear;
            for (var i = 0; i < items.Count; i++)
            {
                var at = i;
                yield return () => items[at] = Raw();
                if (items[i] is not { } item) continue;
                foreach (var place in Places(item)) yield return place;
            }
        }
    }

    private static void Rename(JsonObject fields, string name)
    {
        var value = fields[name]?.DeepClone();
        fields.Remove(name);
        fields[name.ToUpperInvariant()] = value;
    }

    private JsonNode Raw() => JsonValue.Create("@raw:" + random.Next(Values.Length).ToString(CultureInfo.InvariantCulture));

    private static JsonNode Nested(int deep)
    {
        JsonNode node = JsonValue.Create(1);
        for (var i = 0; i < deep; i++) node = i % 2 == 0 ? new JsonArray(node) : new JsonObject { ["n"] = node };
        return node;
    }

    private byte[] Rewritten(byte[] body)
    {
        var text = Encoding.UTF8.GetString(body);
        var at = random.Next(text.Length + 1);
        return random.Next(14) switch
        {
            0 => body[..random.Next(body.Length + 1)],
            1 => [],
            2 => [.. body, .. "}"u8],
            3 => [.. body, .. body],
            4 => [0xEF, 0xBB, 0xBF, .. body],
            5 => [.. body[..Math.Min(at, body.Length)], 0xFF, 0xC0, .. body[Math.Min(at, body.Length)..]],
            6 => Encoding.UTF8.GetBytes(text.Replace('"', '\'')),
            7 => Encoding.UTF8.GetBytes("[" + text + "]"),
            8 => Encoding.UTF8.GetBytes(new string('[', random.Next(1, 5000))),
            9 => Encoding.UTF8.GetBytes(text.Insert(at, "/* */")),
            10 => Encoding.UTF8.GetBytes(Duplicated(text)),
            11 => Encoding.UTF8.GetBytes(text.Replace(":", ":NaN,\"x\":", StringComparison.Ordinal)),
            12 => Encoding.Unicode.GetBytes(text),
            _ => Flipped(body),
        };
    }

    private static string Duplicated(string text)
    {
        var (from, to) = (text.IndexOf('{', StringComparison.Ordinal), text.IndexOf(',', StringComparison.Ordinal));
        return from < 0 || to < from ? text : text.Insert(from + 1, text[(from + 1)..to] + ",");
    }

    private byte[] Flipped(byte[] body)
    {
        if (body.Length == 0) return body;
        var copy = (byte[])body.Clone();
        copy[random.Next(copy.Length)] ^= (byte)(1 << random.Next(8));
        return copy;
    }

    private string Query(string path)
    {
        string[] names = ["limit", "cursor", "since", "before", "account_id", "symbol", "status", "source", "ids", "side", "price", "offset", "trigger_type", "order_id", "on_error", "epoch", "after", "wait", "idle", "job", "exchange", "severity", "action"];
        string[] values = ["", "0", "-1", "501", "1", "x", "NaN", "1e5", "9999999999999999999999", "2025-01-06T01:30:00Z", "2025-01-06", "%00", "%F0%9F%99%82", "Q1", "CZCE.TA2505", "..", "a,b", "%27%20OR%201=1", "buy", "long", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "MjAyNQ", "Zm9vOmJhcg==", "2025-01-06T01:30:00.000Z|x"];
        var field = $"{names[random.Next(names.Length)]}={values[random.Next(values.Length)]}";
        return path.Contains('?', StringComparison.Ordinal) ? $"{path}&{field}" : $"{path}?{field}";
    }

    private string Segment(string path)
    {
        var query = path.IndexOf('?', StringComparison.Ordinal);
        var parts = (query < 0 ? path : path[..query]).Split('/');
        var named = Enumerable.Range(0, parts.Length).Where(i => parts[i].Any(char.IsAsciiDigit)).ToList();
        var at = named.Count > 0 ? named[random.Next(named.Count)] : parts.Length - 1;
        parts[at] = Ids[random.Next(Ids.Length)];
        return string.Join('/', parts) + (query < 0 ? "" : path[query..]);
    }
}

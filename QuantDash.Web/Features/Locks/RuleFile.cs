using System.Buffers;
using System.Text;
using System.Text.Json;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;

namespace QuantDash.Web.Features.Locks;

/// <summary>Rules as a file: CSV with a column for each HTTP field, or JSON as <c>GET /api/lock/configs</c> gives them.</summary>
internal static class RuleFile
{
    public const int MostRules = 500;
    public const int LargestBytes = JsonBody.UsualLimit;

    private static readonly JsonSerializerOptions Indented = new(ApiJson.Options) { WriteIndented = true };

    public static string Csv(IEnumerable<LockRule> rules) =>
        CsvText.Line(RuleColumn.All.Select(column => column.Name)) + string.Concat(rules.Select(rule => CsvText.Line(RuleColumn.CellsOf(rule))));

    public static string Json(IEnumerable<LockRule> rules) =>
        JsonSerializer.Serialize(new { items = rules.Select(LockRuleAnswer.Of) }, Indented);

    /// <summary>The rows of a file; which of the two it is shows its first character.</summary>
    public static Outcome<IReadOnlyList<RuleFileRow>> Read(ReadOnlySpan<byte> bytes)
    {
        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return Refused("not_utf8");
        }

        return text.AsSpan().TrimStart() is ['[' or '{', ..] ? ReadJson(text) : ReadCsv(text);
    }

    public static Outcome<IReadOnlyList<RuleFileRow>> ReadCsv(string text)
    {
        var read = CsvText.Read(text);
        if (!read.Succeeded) return Outcome<IReadOnlyList<RuleFileRow>>.Failure(read.Problems);
        if (read.Value.Count == 0) return Refused("file_empty");
        var (header, lines) = (read.Value[0], read.Value.Skip(1).ToList());
        if (header.Cells.Count == 1 && header.Cells[0].FirstOrDefault(c => c is ';' or '\t') is var apart and not '\0') return Refused("csv_separator", apart == '\t' ? "TAB" : ";");
        List<RuleColumn> columns = [];
        foreach (var name in header.Cells.Select(cell => cell.Trim()))
        {
            if (RuleColumn.All.FirstOrDefault(c => c.Name == name) is not { } column) return Refused("csv_unknown_column", name, string.Join(", ", RuleColumn.All.Select(c => c.Name)));
            if (columns.Contains(column)) return Refused("csv_duplicate_column", name);
            columns.Add(column);
        }

        return lines.Count > MostRules ? Refused("too_many_items", MostRules, lines.Count) : Outcome<IReadOnlyList<RuleFileRow>>.Success([.. lines.Select(line => RowOf(columns, line))]);
    }

    private static Outcome<IReadOnlyList<RuleFileRow>> ReadJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new() { MaxDepth = JsonBody.DeepestNesting });
            var list = document.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("items", out var items) ? items : document.RootElement;
            if (list.ValueKind != JsonValueKind.Array) return Refused("not_an_array", list.ValueKind);
            if (list.GetArrayLength() is > MostRules and var count) return Refused("too_many_items", MostRules, count);
            return Outcome<IReadOnlyList<RuleFileRow>>.Success([.. list.EnumerateArray().Select((item, i) => new RuleFileRow(i + 1, item.Clone(), []))]);
        }
        catch (JsonException error)
        {
            return Refused("malformed_json", (error.LineNumber ?? 0) + 1, (error.BytePositionInLine ?? 0) + 1);
        }
    }

    private static RuleFileRow RowOf(List<RuleColumn> columns, CsvLine line)
    {
        if (line.Cells.Count != columns.Count) return new(line.Number, default, [new Problem("", "csv_columns", columns.Count, line.Cells.Count)]);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            for (var i = 0; i < columns.Count; i++) columns[i].Write(json, line.Cells[i]);
            json.WriteEndObject();
        }

        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return new(line.Number, document.RootElement.Clone(), []);
    }

    private static Outcome<IReadOnlyList<RuleFileRow>> Refused(string code, params IReadOnlyList<object?> values) => Outcome<IReadOnlyList<RuleFileRow>>.Failure([new Problem("file", code, values)]);
}

/// <summary>One rule of a file as it stands there.</summary>
/// <param name="Number">Its line in a CSV file, its place in a JSON list; from 1.</param>
/// <param name="Fields">As HTTP would bring them; undefined when the row cannot be taken apart.</param>
internal sealed record RuleFileRow(int Number, JsonElement Fields, IReadOnlyList<Problem> Problems);

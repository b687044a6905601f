using System.Text.Json;
using Microsoft.Extensions.Localization;
using QuantDash.Core.Audit;
using QuantDash.Core.Engine;
using QuantDash.Web.Ui;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Audit;

/// <summary>A column that changed, as it was and as it is; null where there was or is nothing.</summary>
public sealed record AuditChange(string Column, string? Was, string? Now);

/// <summary>An entry of the audit log, ready to draw.</summary>
/// <param name="Sentences">What was told about it, in the reader's language.</param>
public sealed record AuditLine(
    long Number, DateTimeOffset At, Tone Tone, string Who, string What, string Symbol, string Subject, Guid? CorrelationId, IReadOnlyList<string> Sentences, IReadOnlyList<AuditChange> Changes)
{
    public static AuditLine From(AuditEntry entry, IStringLocalizer<AuditText> text, IStringLocalizer<TapeText> tape) => new(
        entry.Number, entry.At, ToneOf(entry.Action), Whose(entry.Actor, text), Done(entry.Action, text), entry.Symbol?.ToString() ?? "", entry.Subject ?? "", entry.CorrelationId,
        SentencesOf(entry, tape), ChangesOf(entry.Before, entry.After));

    private static string Whose(Actor actor, IStringLocalizer<AuditText> text) =>
        actor.Name.Length == 0 ? text["Actor" + actor.Kind] : $"{text["Actor" + actor.Kind].Value} {actor.Name}";

    /// <summary>The kind of thing and what became of it: <c>order.accepted</c> is "Order accepted". What only tells a sentence is called a message.</summary>
    private static string Done(string action, IStringLocalizer<AuditText> text)
    {
        var (kind, end) = Split(action);
        return text["Kind." + kind] is { ResourceNotFound: false } thing && (end.Length == 0 || !text["Done." + end].ResourceNotFound)
            ? $"{thing.Value} {(end.Length == 0 ? "" : text["Done." + end].Value)}".Trim()
            : text["Message"];
    }

    private static Tone ToneOf(string action) => Split(action).End switch
    {
        "failed" or "rejected" or "unknown" or "broken" or "refused" or "halted" => Tone.Danger,
        "waiting_confirm" or "partially_executed" or "partially_filled" or "cancelling" or "disabled" => Tone.Warn,
        "executed" or "filled" or "active" or "booked" or "unlocked" => Tone.Good,
        _ => Tone.Weak,
    };

    private static (string Kind, string End) Split(string action)
    {
        var dot = action.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? (action, "") : (action[..dot], action[(dot + 1)..]);
    }

    private static List<string> SentencesOf(AuditEntry entry, IStringLocalizer<TapeText> tape)
    {
        if (Parse(entry.Reason) is not { ValueKind: JsonValueKind.Array } told) return entry.Reason is { } text ? [text] : [];
        return [.. told.EnumerateArray().Select(one => TapeLine.From(EventOf(one, entry), tape).Sentence)];
    }

    private static TapeEvent EventOf(JsonElement told, AuditEntry entry) => new()
    {
        Number = entry.Number,
        At = entry.At,
        Severity = TapeSeverity.Info,
        Key = told.TryGetProperty("key", out var key) ? key.ToString() : told.ToString(),
        Values = told.TryGetProperty("values", out var values) && values.ValueKind == JsonValueKind.Array ? [.. values.EnumerateArray().Select(v => v.ToString())] : [],
        Symbol = entry.Symbol,
    };

    private static List<AuditChange> ChangesOf(string? before, string? after)
    {
        var (was, now) = (Columns(before), Columns(after));
        return [.. was.Keys.Union(now.Keys).Select(column => new AuditChange(column, was.GetValueOrDefault(column), now.GetValueOrDefault(column)))];
    }

    private static Dictionary<string, string?> Columns(string? json) => Parse(json) switch
    {
        { ValueKind: JsonValueKind.Object } columns => columns.EnumerateObject().ToDictionary(c => c.Name, c => c.Value.ValueKind == JsonValueKind.Null ? null : EngineSentence.InReadersLanguage(c.Value.ToString()), StringComparer.Ordinal),
        null when json is not null => new(StringComparer.Ordinal) { [""] = json },
        _ => new(StringComparer.Ordinal),
    };

    // What was tampered with is shown as it stands.
    private static JsonElement? Parse(string? json)
    {
        try
        {
            return json is null ? null : JsonElement.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

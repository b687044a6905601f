using System.Text.Json;
using System.Text.Json.Nodes;
using QuantDash.Core.Audit;
using QuantDash.Web.Api;

namespace QuantDash.Web.Features.Audit;

/// <param name="Number">From 1, without gaps.</param>
/// <param name="ActorKind">engine, user, key, link, sql, command.</param>
/// <param name="CorrelationId">The trigger's id, or the command's for an order given by hand: everything from the tick to the fill has the same.</param>
/// <param name="Before">The changed columns as they were.</param>
/// <param name="After">The changed columns as they are now.</param>
/// <param name="Reason">The sentences told about it: key and values.</param>
/// <param name="Hash">SHA-256 over this entry and the hash before it.</param>
public sealed record AuditAnswer(
    long Number, DateTimeOffset At, string ActorKind, string ActorName, string Action, Guid? AccountId, string? Symbol, string? Subject, Guid? CorrelationId,
    JsonNode? Before, JsonNode? After, JsonNode? Reason, string Hash)
{
    public static AuditAnswer Of(AuditEntry entry) => new(
        entry.Number, entry.At, WireNames<Core.Audit.ActorKind>.Of(entry.Actor.Kind), entry.Actor.Name, entry.Action, entry.AccountId?.Value, entry.Symbol?.ToString(), entry.Subject,
        entry.CorrelationId, Parse(entry.Before), Parse(entry.After), Parse(entry.Reason), entry.Hash);

    // What was tampered with is shown as it stands.
    private static JsonNode? Parse(string? json)
    {
        try
        {
            return json is null ? null : JsonNode.Parse(json);
        }
        catch (JsonException)
        {
            return json;
        }
    }
}

/// <param name="IsWhole">Every entry is there, as it was written.</param>
/// <param name="HeadNumber">The last entry of the part that holds.</param>
/// <param name="Fault">altered, missing, rewritten, no_witness; null when all is well.</param>
/// <param name="At">The first entry that is wrong or missing.</param>
public sealed record AuditVerdictAnswer(bool IsWhole, long Entries, long HeadNumber, string HeadHash, string? Fault, long? At)
{
    public static AuditVerdictAnswer Of(AuditVerdict verdict) =>
        new(verdict.IsWhole, verdict.Entries, verdict.Head.Number, verdict.Head.Hash, verdict.Fault is { } fault ? WireNames<AuditFault>.Of(fault) : null, verdict.At);
}

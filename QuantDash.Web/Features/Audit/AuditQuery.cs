using QuantDash.Core.Audit;
using QuantDash.Core.Instruments;
using QuantDash.Web.Api;

namespace QuantDash.Web.Features.Audit;

/// <summary>Reads which entries of the audit log a request wants.</summary>
internal sealed class AuditQuery(EngineReads reads, ContractCatalog catalog, TimeProvider clock)
{
    private const int LongestText = 256;

    public async Task<(QueryFields Fields, AuditFilter Filter)> ReadAsync(HttpContext context, CancellationToken stop)
    {
        var snapshot = await reads.SnapshotAsync(stop);
        var fields = new QueryFields(context.Request.Query);
        return (fields, new()
        {
            ActorKind = fields.Choice<ActorKind>("actor_kind"),
            ActorName = Short(fields, "actor_name"),
            Action = Short(fields, "action"),
            AccountId = fields.Account(snapshot),
            Symbol = fields.Symbol(catalog, TradingFields.DayOf(snapshot, null, clock.GetUtcNow())),
            Subject = Short(fields, "subject"),
            CorrelationId = fields.Id("correlation_id"),
            Since = fields.Time("since"),
            Before = fields.Time("before"),
        });
    }

    private static string? Short(QueryFields fields, string name)
    {
        var text = fields.Text(name);
        if (text is { Length: > LongestText }) fields.Refuse(name, "too_long", LongestText, text.Length);
        return text;
    }
}

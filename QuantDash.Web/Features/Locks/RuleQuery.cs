using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Web.Api;

namespace QuantDash.Web.Features.Locks;

/// <summary>Which rules a list is about: those of an account, of a symbol, or by their ids; without any, all of them.</summary>
internal static class RuleQuery
{
    /// <summary>What a line of an address holds.</summary>
    private const int MostIds = 200;

    /// <summary>Newest first; what is wrong is in the problems of <paramref name="query"/>.</summary>
    public static IEnumerable<RuleView> Read(QueryFields query, EngineSnapshot snapshot, ContractCatalog catalog, DateTimeOffset now)
    {
        var account = query.Account(snapshot);
        var symbol = query.Symbol(catalog, TradingFields.DayOf(snapshot, null, now));
        var ids = Ids(query, snapshot);
        return snapshot.Rules
            .Where(r => (account is null || r.Rule.AccountId == account) && (symbol is null || r.Rule.Symbol == symbol) && (ids is null || ids.Contains(r.Rule.Id)))
            .OrderByDescending(r => r.Rule.CreatedAt);
    }

    private static HashSet<Guid>? Ids(QueryFields query, EngineSnapshot snapshot)
    {
        if (query.Text("ids") is not { } text) return null;
        var parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length > MostIds) query.Refuse("ids", "too_many_items", MostIds, parts.Length);
        HashSet<Guid> ids = [];
        foreach (var part in parts)
        {
            if (!Guid.TryParseExact(part, "D", out var id)) query.Refuse("ids", "not_an_id", part);
            else if (snapshot.Rules.All(r => r.Rule.Id != id)) query.Refuse("ids", "unknown_rule", id);
            else ids.Add(id);
        }

        return ids;
    }
}

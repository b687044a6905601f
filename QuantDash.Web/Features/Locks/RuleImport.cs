using System.Text.Json;
using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;

namespace QuantDash.Web.Features.Locks;

public enum RuleImportKind { Create, Change, Unchanged, Refused }

/// <summary>What one row of a file would do.</summary>
/// <param name="Number">Its line or place in the file, from 1.</param>
/// <param name="Rule">As it would be saved.</param>
/// <param name="Before">The rule it changes.</param>
public sealed record RuleImportLine(int Number, LockRule Rule, LockRule? Before, IReadOnlyList<Problem> Problems)
{
    public RuleImportKind Kind => this switch
    {
        { Problems.Count: > 0 } => RuleImportKind.Refused,
        { Before: null } => RuleImportKind.Create,
        { Differences.Count: > 0 } => RuleImportKind.Change,
        _ => RuleImportKind.Unchanged,
    };

    /// <summary>Field, before, after.</summary>
    public IReadOnlyList<(string Field, string Before, string After)> Differences { get; } = Before is null ? [] : Compare(Before, Rule);

    internal RuleEdit Edit => new(Rule, Before?.UpdatedAt);

    private static IReadOnlyList<(string Field, string Before, string After)> Compare(LockRule before, LockRule after) =>
    [
        .. RuleColumn.All.Zip(RuleColumn.CellsOf(before), RuleColumn.CellsOf(after)).Where(c => !Equals(c.Second, c.Third))
            .Select(c => (c.First.Name, c.Second?.ToString() ?? "", c.Third?.ToString() ?? "")),
    ];
}

/// <summary>Reads many rules as <c>POST</c> and <c>PUT /api/lock/configs</c> read one; writes nothing.</summary>
internal static class RuleImport
{
    /// <param name="rows">From a file or a request.</param>
    /// <param name="changes">Whether a row with the id of a rule changes that rule; otherwise it makes a new one.</param>
    /// <param name="snapshot">What there is.</param>
    /// <param name="catalog">Contracts.</param>
    /// <param name="now">The machine's clock.</param>
    public static IReadOnlyList<RuleImportLine> Read(IReadOnlyList<RuleFileRow> rows, bool changes, EngineSnapshot snapshot, ContractCatalog catalog, DateTimeOffset now)
    {
        var lines = new List<RuleImportLine>();
        var seen = new HashSet<Guid>();
        foreach (var row in rows)
        {
            var fields = row.Fields.ValueKind == JsonValueKind.Undefined ? JsonFields.Empty() : JsonFields.Root(row.Fields);
            fields.Problems.AddRange(row.Problems);
            var before = changes ? Known(fields, snapshot) : null;
            if (before is not null && !seen.Add(before.Id)) fields.Refuse("id", "duplicate_rule", before.Id);
            var rule = row.Problems.Count > 0 ? Blank(null, null, now) : ReadOne(fields, before, snapshot, catalog, now);
            lines.Add(new(row.Number, rule, before, [.. fields.Problems]));
        }

        return lines;
    }

    private static LockRule ReadOne(JsonFields fields, LockRule? before, EngineSnapshot snapshot, ContractCatalog catalog, DateTimeOffset now)
    {
        if (before is null) fields.Require("account_id", "symbol", "direction", "trigger_type");
        if (before is not null && fields.Has("account_id")) fields.Require("account_id");
        if (before is not null && fields.Has("symbol")) fields.Require("symbol");
        var account = fields.HasValue("account_id") ? fields.Account(snapshot) : snapshot.Accounts.FirstOrDefault(a => a.Account.Id == before?.AccountId);
        var day = TradingFields.DayOf(snapshot, account, now);
        var contract = fields.HasValue("symbol") ? fields.Contract(catalog, day) : before is null ? null : catalog.Find(before.Symbol, day);
        var blank = Blank(account, contract, now);
        var basis = before is null ? blank : before with { AccountId = account is null ? before.AccountId : blank.AccountId, Symbol = contract?.Symbol ?? before.Symbol, UpdatedAt = now };
        return LockRuleReader.Read(fields, basis, contract, LockRuleEndpoints.ClockOf(snapshot, account, now));
    }

    /// <summary>Null without an id, and for an id that is no rule's: such a row makes a new rule.</summary>
    private static LockRule? Known(JsonFields fields, EngineSnapshot snapshot)
    {
        if (fields.Text("id") is not { } text) return null;
        if (Guid.TryParseExact(text, "D", out var id)) return snapshot.Rules.FirstOrDefault(r => r.Rule.Id == id)?.Rule;
        fields.Refuse("id", "not_an_id", text);
        return null;
    }

    private static LockRule Blank(AccountView? account, Contract? contract, DateTimeOffset now) => LockRuleEndpoints.Blank(Guid.CreateVersion7(now), account, contract, now);
}

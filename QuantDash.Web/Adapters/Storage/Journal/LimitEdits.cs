using Microsoft.EntityFrameworkCore;
using QuantDash.Core.Engine;
using QuantDash.Core.Orders;
using QuantDash.Web.Adapters.Storage.Rows;

namespace QuantDash.Web.Adapters.Storage.Journal;

/// <summary>Limits that another program wrote: of an account with such a row all are told as they stand. One for a contract that cannot be read limits nothing.</summary>
internal static class LimitEdits
{
    public static IEnumerable<OutsideEdit> Take(QuantDashContext context)
    {
        var accounts = context.Set<RiskLimitsRow>().Where(r => r.Revision == 0).Select(r => r.AccountId).Distinct().ToList();
        foreach (var account in accounts) yield return new OutsideEdit.LimitsChanged(new(account), Read(context.Set<RiskLimitsRow>().AsNoTracking().Where(r => r.AccountId == account)));
        context.Set<RiskLimitsRow>().Where(r => r.Revision == 0).ExecuteUpdate(set => set.SetProperty(r => r.Revision, 1));
    }

    public static IReadOnlyList<StoredLimits> Read(IQueryable<RiskLimitsRow> rows) => [.. rows.OrderBy(r => r.AccountId).ThenBy(r => r.Symbol).AsEnumerable().Select(r => r.ToLimits()).OfType<StoredLimits>()];
}

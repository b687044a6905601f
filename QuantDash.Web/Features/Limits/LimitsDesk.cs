using QuantDash.Core.Instruments;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;
using QuantDash.Web.Security;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Limits;

/// <summary>Sets limits on the trading thread: in force for the next order.</summary>
internal sealed class LimitsDesk(TradingRuntime runtime, ContractCatalog catalog, TimeProvider clock) : ILimitsDesk
{
    public Outcome<LimitsRequest> Check(AccountId account, LimitsForm form)
    {
        var snapshot = runtime.Snapshots.Current;
        var day = TradingFields.DayOf(snapshot, snapshot.Accounts.FirstOrDefault(view => view.Account.Id == account), clock.GetUtcNow());
        return form.Check(account, (symbol, field) => catalog.Resolve(symbol, day, field));
    }

    public async Task<Outcome<RiskView>> SetAsync(LimitsRequest request)
    {
        Acting.Demand(Scopes.Admin);
        return await runtime.RunAsync((engine, now) => engine.Limits.Set(request, now));
    }
}

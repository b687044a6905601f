using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Locks;

/// <summary>Hands the trader's wishes to the trading thread.</summary>
public sealed class LockDesk(TradingRuntime runtime) : ILockDesk
{
    public async Task<Outcome<LockRule>> SaveAsync(LockRule rule)
    {
        var saved = await runtime.RunAsync((engine, now) => engine.SaveRule(rule, now));
        return saved.Succeeded ? Outcome<LockRule>.Success(saved.Value.Rule) : Outcome<LockRule>.Failure(saved.Problems);
    }

    public Task<RuleBatch> SaveAllAsync(IReadOnlyList<RuleEdit> edits, bool write) => runtime.RunAsync((engine, now) => engine.SaveRules(edits, write, now));

    public Task<IReadOnlyList<RuleRefused>> DeleteAllAsync(IReadOnlyList<LockRule> seen, bool write) => runtime.RunAsync((engine, now) => engine.DeleteRules(seen, write, now));

    public Task<Outcome<LockTrigger>> ConfirmAsync(Guid triggerId, Price? shown, bool force) =>
        runtime.RunAsync((engine, now) => engine.ConfirmTrigger(triggerId, shown, force, now));

    public Task<Outcome<LockTrigger>> CancelAsync(Guid triggerId) => runtime.RunAsync((engine, now) => engine.CancelTrigger(triggerId, now));

    public Task<Outcome<LockTrigger>> MarkDoneAsync(Guid triggerId, string note) => runtime.RunAsync((engine, now) => engine.MarkTriggerDone(triggerId, note, now));

    public Task<Outcome<OrderPreview>> PreviewAsync(OrderRequest request) => runtime.ReadAsync((engine, now) => engine.Preview(request, now));
}

using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Locks;

/// <summary>Hands the trader's wishes to the trading thread.</summary>
public sealed class LockDesk(TradingRuntime runtime, EngineReads reads, LockExtremes extremes) : ILockDesk
{
    public async Task<Outcome<LockRule>> SaveAsync(LockRule rule)
    {
        var best = rule.Unlocks ? extremes.Best(rule, await reads.SnapshotAsync(CancellationToken.None)) : null;
        var saved = await runtime.RunAsync((engine, now) => engine.SaveRule(rule, now, best));
        return saved.Succeeded ? Outcome<LockRule>.Success(saved.Value.Rule) : Outcome<LockRule>.Failure(saved.Problems);
    }

    public Task<RuleBatch> SaveAllAsync(IReadOnlyList<RuleEdit> edits, bool write) => runtime.RunAsync((engine, now) => engine.SaveRules(edits, write, now));

    public Task<IReadOnlyList<RuleRefused>> DeleteAllAsync(IReadOnlyList<LockRule> seen, bool write) => runtime.RunAsync((engine, now) => engine.DeleteRules(seen, write, now));

    public Task<Outcome<LockTrigger>> ConfirmAsync(Guid triggerId, Price? shown, bool force) =>
        runtime.RunAsync((engine, now) => engine.ConfirmTrigger(triggerId, shown, force, now));

    public Task<Outcome<LockTrigger>> CancelAsync(Guid triggerId) => runtime.RunAsync((engine, now) => engine.CancelTrigger(triggerId, now));

    public Task<Outcome<LockTrigger>> MarkDoneAsync(Guid triggerId, string note) => runtime.RunAsync((engine, now) => engine.MarkTriggerDone(triggerId, note, now));

    public Task<Outcome<UnlockPreview>> PreviewUnlockAsync(Guid triggerId) => runtime.ReadAsync((engine, now) =>
        engine.FindTrigger(triggerId) is { } trigger ? engine.Locks.PreviewUnlock(trigger, now) : Outcome<UnlockPreview>.Failure("trigger_id", "unknown_trigger", triggerId));

    public Task<Outcome<OrderPreview>> PreviewAsync(OrderRequest request) => runtime.ReadAsync((engine, now) => engine.Preview(request, now));
}

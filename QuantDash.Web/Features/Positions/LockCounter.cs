using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Positions;

/// <summary>Hands what a person wants of a lock to the trading thread.</summary>
public sealed class LockCounter(TradingRuntime runtime, SameWish wishes) : ILockCounter
{
    public Task<Outcome<UnlockPreview>> PreviewAsync(UnlockRequest request) => runtime.ReadAsync((engine, now) => engine.Locks.PreviewUnlock(request, now));

    public Task<Outcome<Unlocked>> UnlockAsync(UnlockRequest request) => wishes.OnceAsync(request, () => runtime.RunAsync((engine, now) => engine.Locks.Unlock(request, now)));

    public Task<Outcome<Unlocked>> RelockAsync(Guid lockId) =>
        wishes.OnceAsync((nameof(RelockAsync), lockId), () => runtime.RunAsync((engine, now) => engine.Locks.Relock(lockId, OrderType.Market, null, now)));

    public Task<Outcome<Unlocked>> CloseUncoveredAsync(Guid lockId) =>
        wishes.OnceAsync((nameof(CloseUncoveredAsync), lockId), () => runtime.RunAsync((engine, now) => engine.Locks.CloseUncovered(lockId, OrderType.Market, null, now)));

    public Task<Outcome<PositionLock>> AdoptAsync(AccountId account, Symbol symbol) => runtime.RunAsync((engine, now) => engine.Locks.AdoptPair(account, symbol, null, now));

    public Task<Outcome<PositionLock>> DeclineAsync(AccountId account, Symbol symbol) => runtime.RunAsync((engine, now) => engine.Locks.DeclinePair(account, symbol, now));
}

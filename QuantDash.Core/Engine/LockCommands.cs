using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>What a person can do with lock objects. Like every command of the engine it is for the trading thread.</summary>
public sealed class LockCommands
{
    private readonly UnlockDesk _unlocks;
    private readonly PairDesk _pairs;
    private readonly Action _endStep;

    internal LockCommands(UnlockDesk unlocks, PairDesk pairs, Action endStep) => (_unlocks, _pairs, _endStep) = (unlocks, pairs, endStep);

    /// <summary>Closes one side of a lock, or both.</summary>
    public Outcome<Unlocked> Unlock(UnlockRequest request, DateTimeOffset now) => Step(_unlocks.Place(request, now));

    /// <summary>What <see cref="Unlock"/> would do, or why it would refuse.</summary>
    public Outcome<UnlockPreview> PreviewUnlock(UnlockRequest request, DateTimeOffset now) => Step(_unlocks.Preview(request, now));

    /// <summary>What an unlock rule's firing would do if it were executed now, or why it would be refused.</summary>
    public Outcome<UnlockPreview> PreviewUnlock(LockTrigger trigger, DateTimeOffset now) => Step(_unlocks.PreviewOf(trigger, now));

    /// <summary>Opens again what a broken lock lost.</summary>
    public Outcome<Unlocked> Relock(Guid lockId, OrderType type, Price? price, DateTimeOffset now) => Step(_unlocks.Relock(lockId, type, price, now));

    /// <summary>Closes what a broken lock no longer covers.</summary>
    public Outcome<Unlocked> CloseUncovered(Guid lockId, OrderType type, Price? price, DateTimeOffset now) => Step(_unlocks.CloseUncovered(lockId, type, price, now));

    /// <summary>Calls a pair that no lock owns a lock. Null <paramref name="volume"/>: all of it.</summary>
    public Outcome<PositionLock> AdoptPair(AccountId account, Symbol symbol, Volume? volume, DateTimeOffset now) => Step(_pairs.Adopt(account, symbol, volume, now));

    /// <summary>Calls it two legs on their own.</summary>
    public Outcome<PositionLock> DeclinePair(AccountId account, Symbol symbol, DateTimeOffset now) => Step(_pairs.Decline(account, symbol, now));

    internal void OnTimer(DateTimeOffset now) => _unlocks.OnTimer(now);

    private Outcome<T> Step<T>(Outcome<T> outcome)
    {
        _endStep();
        return outcome;
    }
}

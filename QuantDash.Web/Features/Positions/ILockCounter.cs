using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Positions;

/// <summary>Where locks are let go, mended and adopted by hand. Every wish answers once what it changed is durable.</summary>
public interface ILockCounter
{
    Task<Outcome<UnlockPreview>> PreviewAsync(UnlockRequest request);

    Task<Outcome<Unlocked>> UnlockAsync(UnlockRequest request);

    /// <summary>Opens again at the market what a broken lock lost.</summary>
    Task<Outcome<Unlocked>> RelockAsync(Guid lockId);

    /// <summary>Closes at the market what a broken lock no longer covers.</summary>
    Task<Outcome<Unlocked>> CloseUncoveredAsync(Guid lockId);

    Task<Outcome<PositionLock>> AdoptAsync(AccountId account, Symbol symbol);

    Task<Outcome<PositionLock>> DeclineAsync(AccountId account, Symbol symbol);
}

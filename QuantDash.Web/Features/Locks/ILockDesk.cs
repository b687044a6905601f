using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Locks;

/// <summary>What the trader does with rules and firings. Each answers once what it changed is durable.</summary>
public interface ILockDesk
{
    Task<Outcome<LockRule>> SaveAsync(LockRule rule);

    /// <summary>All of them or none.</summary>
    /// <param name="edits">Each rule once.</param>
    /// <param name="write">False: only says which would be refused.</param>
    Task<RuleBatch> SaveAllAsync(IReadOnlyList<RuleEdit> edits, bool write);

    /// <summary>All of them or none: answers which cannot be deleted.</summary>
    /// <param name="seen">Each rule once, as it was shown.</param>
    /// <param name="write">False: only says which would be refused.</param>
    Task<IReadOnlyList<RuleRefused>> DeleteAllAsync(IReadOnlyList<LockRule> seen, bool write);

    /// <param name="shown">The price on the screen when the button was pressed: a move beyond the rule's limit is answered with problem <c>price_moved</c>.</param>
    /// <param name="force">At whatever the price is now.</param>
    Task<Outcome<LockTrigger>> ConfirmAsync(Guid triggerId, Price? shown, bool force);

    Task<Outcome<LockTrigger>> CancelAsync(Guid triggerId);

    /// <summary>A failed firing whose lots were locked by hand; the note says how.</summary>
    Task<Outcome<LockTrigger>> MarkDoneAsync(Guid triggerId, string note);

    /// <summary>What a firing that unlocks would do now; nothing is sent.</summary>
    Task<Outcome<UnlockPreview>> PreviewUnlockAsync(Guid triggerId);

    /// <summary>What locking would do now; nothing is sent.</summary>
    Task<Outcome<OrderPreview>> PreviewAsync(OrderRequest request);
}

using QuantDash.Core.Primitives;

namespace QuantDash.Core.Notifications;

/// <summary>The right to confirm one trigger, once, until it ends (table <c>confirm_links</c>). Only the hash of its token is kept.</summary>
/// <param name="TokenHash">SHA-256 of the token in lower-case hex.</param>
/// <param name="TriggerId">The only trigger it is good for.</param>
/// <param name="ShownPrice">The price its message showed; null when there was none.</param>
/// <param name="ExpiresAt">On the wall clock.</param>
/// <param name="UsedAt">Null until it was used.</param>
public sealed record ConfirmLink(string TokenHash, Guid TriggerId, Price? ShownPrice, DateTimeOffset ExpiresAt, DateTimeOffset? UsedAt = null);

/// <summary>Keeps confirm links.</summary>
public interface IConfirmLinks
{
    Task AddAsync(ConfirmLink link);

    Task<ConfirmLink?> FindAsync(string tokenHash, CancellationToken stop = default);

    /// <summary>True for exactly one caller, and only before it ends.</summary>
    Task<bool> ClaimAsync(string tokenHash, DateTimeOffset now);

    /// <summary>Gives a claimed link back: nothing was done with it.</summary>
    Task ReleaseAsync(string tokenHash);
}

using QuantDash.Core.Notifications;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Adapters.Storage.Rows;

/// <summary>Table <c>confirm_links</c>. The token itself is nowhere.</summary>
internal sealed class ConfirmLinkRow
{
    public required string TokenHash { get; set; }
    public Guid TriggerId { get; set; }
    public decimal? ShownPrice { get; set; }
    public DateTimeOffset ExpiresAt { get; set; }
    public DateTimeOffset? UsedAt { get; set; }

    public static ConfirmLinkRow From(ConfirmLink link) => new()
    {
        TokenHash = link.TokenHash,
        TriggerId = link.TriggerId,
        ShownPrice = link.ShownPrice?.Value,
        ExpiresAt = link.ExpiresAt,
        UsedAt = link.UsedAt,
    };

    public ConfirmLink ToLink() => new(TokenHash, TriggerId, ShownPrice is { } price ? new Price(price) : null, ExpiresAt, UsedAt);
}

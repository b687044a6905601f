using QuantDash.Core.Orders;

namespace QuantDash.Core.Engine;

/// <summary>A venue that says of a booked trade what it did not say before. The books stay as they are: lots, locks and frozen profit follow from the first word, and the
/// next position snapshot brings the legs in step. A person has to look, so it is told, once for each thing said.</summary>
internal sealed class TradeCorrections(ChangeLog changes)
{
    /// <param name="account">Whose books.</param>
    /// <param name="repeated">A trade that was told before.</param>
    /// <param name="now">The account's clock.</param>
    public void Look(AccountBook account, Fill repeated, DateTimeOffset now)
    {
        if (account.SeenTrades.ContradictedBy(repeated) is not { } ours) return;
        changes.Tell(
            now, TapeSeverity.Danger, "trade.corrected", new(account.Id, repeated.Symbol),
            repeated.TradeId, ours.Volume.ToString(), ours.Price.ToString(), repeated.Volume.ToString(), repeated.Price.ToString());
    }
}

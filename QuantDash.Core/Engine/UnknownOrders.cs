using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>An order whose outcome nobody knows. It is asked about until it is known, and never sent again.</summary>
/// <param name="Order">As we know it; unknown since its <see cref="Order.UpdatedAt"/>, on the account's clock.</param>
/// <param name="IsAsked">Somebody is asked; false: nobody can be, a person has to look it up.</param>
/// <param name="Asked">How often since our start.</param>
/// <param name="AskedAgainAt">On the machine's clock; null: as soon as the program asks for commands, or never.</param>
/// <param name="AlarmAt">When the trader is woken, on the account's clock.</param>
/// <param name="IsAlarmed">Was woken.</param>
public sealed record UnknownOrderView(Order Order, bool IsAsked, int Asked, DateTimeOffset? AskedAgainAt, DateTimeOffset AlarmAt, bool IsAlarmed)
{
    public DateTimeOffset Since => Order.UpdatedAt;

    /// <summary>A venue that once took it cannot have never seen it.</summary>
    public bool MayBeNeverPlaced => Order.VenueOrderId is null && Order.FilledVolume.IsZero;
}

/// <summary>What follows when a person says what became of an order.</summary>
public enum SettlementThen
{
    /// <summary>What it was for is done.</summary>
    Done,

    /// <summary>It ends, and nothing else happens.</summary>
    Ends,

    /// <summary>Its trigger orders the rest under the next child number.</summary>
    RestOrderedAgain,

    /// <summary>Its trigger is decided again at the next tradable tick.</summary>
    DecidedAgain,
}

/// <summary>What settling an order by hand would book.</summary>
public sealed record SettlementPreview
{
    public required Order Order { get; init; }
    public required OrderSettlement Settlement { get; init; }

    /// <summary>Lots that were not in the books.</summary>
    public required Volume Books { get; init; }

    /// <summary>Lots it ends without.</summary>
    public required Volume Remaining { get; init; }
    public required Side LegSide { get; init; }
    public required Volume LegBefore { get; init; }

    /// <summary>The same as before where a position snapshot has counted the lots already.</summary>
    public required Volume LegAfter { get; init; }
    public required SettlementThen Then { get; init; }
}

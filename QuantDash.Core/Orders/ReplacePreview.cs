using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Orders;

/// <summary>What another price, or fewer lots, for a working order sends: its cancel now, and once its end is certain a new order with what it left.</summary>
public sealed record ReplacePreview
{
    /// <summary>As it works now.</summary>
    public required Order Order { get; init; }
    public required Contract Contract { get; init; }
    public required Price Price { get; init; }

    /// <summary>Lots of the new order, unless more is filled until the cancel is certain.</summary>
    public required Volume Volume { get; init; }

    /// <summary>The opposing side shows this price or a better one; null without a quote.</summary>
    public required bool? TradesAtOnce { get; init; }

    /// <summary>Lots that are given up.</summary>
    public Volume Dropped => Order.Remaining.Minus(Volume);
}

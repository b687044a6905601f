namespace QuantDash.Core.Primitives;

/// <summary>The side of a leg: long (多) or short (空).</summary>
public enum Side { Long, Short }

/// <summary>What an order does at the market: buy or sell.</summary>
public enum OrderSide { Buy, Sell }

/// <summary>Relations between leg side and order side.</summary>
public static class Sides
{
    public static Side Opposite(this Side side) => side == Side.Long ? Side.Short : Side.Long;

    public static OrderSide Opposite(this OrderSide side) => side == OrderSide.Buy ? OrderSide.Sell : OrderSide.Buy;

    /// <summary>+1 for long, −1 for short: the sign of P&amp;L per point.</summary>
    public static int Sign(this Side side) => side == Side.Long ? 1 : -1;

    /// <summary>The order side that opens or adds to this leg.</summary>
    public static OrderSide OpeningOrder(this Side side) => side == Side.Long ? OrderSide.Buy : OrderSide.Sell;

    /// <summary>The order side that closes this leg.</summary>
    public static OrderSide ClosingOrder(this Side side) => side == Side.Long ? OrderSide.Sell : OrderSide.Buy;
}

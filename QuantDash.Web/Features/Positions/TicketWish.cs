using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Positions;

/// <summary>What kind of order the ticket gives.</summary>
public enum TicketKind
{
    Limit,
    Market,

    /// <summary>Held here until its level is seen, then at the market.</summary>
    Stop,

    /// <summary>Held here until its level is seen, then at its limit.</summary>
    StopLimit,
}

/// <summary>What stands in the ticket.</summary>
public sealed record TicketWish
{
    public required AccountId AccountId { get; init; }
    public required Symbol Symbol { get; init; }
    public required OrderPurpose Purpose { get; init; }

    /// <summary>The leg that is opened, closed or locked.</summary>
    public required Side Side { get; init; }
    public TicketKind Kind { get; init; }
    public decimal? Volume { get; init; }
    public decimal? Limit { get; init; }

    /// <summary>What a stop waits for.</summary>
    public decimal? Level { get; init; }
    public TimeInForce Time { get; init; }

    /// <summary>No venue knows of it before its price is seen.</summary>
    public bool IsLocal => Kind is TicketKind.Stop or TicketKind.StopLimit;

    public bool HasLimit => Kind is TicketKind.Limit or TicketKind.StopLimit;

    public OrderSide Trades => SideOf(Purpose, Side);

    /// <summary>The leg that an order of this purpose concerns when it trades on the same side.</summary>
    public Side LegFor(OrderPurpose purpose) => SideOf(purpose, Side.Long) == Trades ? Side.Long : Side.Short;

    /// <summary>Null while something is missing.</summary>
    public OrderRequest? Order()
    {
        if (Volume is not > 0 || (HasLimit && Limit is not > 0)) return null;
        var price = HasLimit ? new Price(Limit!.Value) : (Price?)null;
        return new(AccountId, Symbol, Purpose, Side, new(Volume.Value), HasLimit ? OrderType.Limit : OrderType.Market, price) { TimeInForce = Kind == TicketKind.Limit ? Time : TimeInForce.Day };
    }

    /// <summary>Null while something is missing, and when nothing is to be held.</summary>
    public HeldRequest? Held() => IsLocal && Level is > 0 and var level && Order() is { } order
        ? new(order, Kind == TicketKind.Stop ? HeldKind.Stop : HeldKind.StopLimit, new(level), ThisDay: true)
        : null;

    /// <summary>The price that matters most, a step further: the level of a stop, else the limit. From the price now when there is none yet.</summary>
    public TicketWish StepPrice(decimal step, decimal? now)
    {
        if (IsLocal) return this with { Level = Stepped(Level ?? now, step) };
        return HasLimit ? this with { Limit = Stepped(Limit ?? now, step) } : this;
    }

    public TicketWish StepVolume(decimal step) => this with { Volume = Math.Max(Math.Abs(step), (Volume ?? 0) + step) };

    private static decimal? Stepped(decimal? price, decimal step) => price + step is > 0 and var next ? next : price;

    private static OrderSide SideOf(OrderPurpose purpose, Side side) => purpose == OrderPurpose.Open ? side.OpeningOrder() : side.ClosingOrder();
}

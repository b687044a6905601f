using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Ui;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Positions;

/// <summary>An order that we hold, ready to draw.</summary>
public sealed record HeldRow
{
    /// <summary>Ended ones that are still shown: what became of a stop must not vanish with it.</summary>
    private const int MostEnded = 5;

    public required Guid Id { get; init; }
    public required string Symbol { get; init; }
    public required int Places { get; init; }
    public required HeldKind Kind { get; init; }
    public required OrderPurpose Purpose { get; init; }
    public required Side Leg { get; init; }
    public required OrderSide Side { get; init; }
    public required decimal Volume { get; init; }
    public required HeldComparison Comparison { get; init; }
    public required PriceSource PriceSource { get; init; }
    public required decimal Level { get; init; }
    public decimal? LimitPrice { get; init; }

    /// <summary>Ticks that are missing to the level; 0 or less: reached. Null without a price, and when it has ended.</summary>
    public long? Distance { get; init; }
    public DateOnly? TradingDay { get; init; }
    public DateTimeOffset? ValidUntil { get; init; }
    public required HeldState State { get; init; }
    public string? Reason { get; init; }
    public required DateTimeOffset At { get; init; }

    public bool CanCancel => State == HeldState.Waiting;

    public Tone Tone => State switch
    {
        HeldState.Waiting => Tone.Info,
        HeldState.Triggered => Tone.Good,
        HeldState.Failed => Tone.Danger,
        HeldState.Cancelled or HeldState.Expired => Tone.Warn,
    };

    /// <summary>Those that wait, then the latest that ended otherwise than by hand.</summary>
    public static IReadOnlyList<HeldRow> List(EngineSnapshot snapshot, AccountId account, IReadOnlyList<HeldRow> previous)
    {
        var own = snapshot.HeldOrders.Where(view => view.Held.Order.AccountId == account).ToList();
        var shown = own.Where(view => view.Held.State == HeldState.Waiting).Concat(own.Where(view => view.Held.State is not (HeldState.Waiting or HeldState.Cancelled)).Take(MostEnded));
        return RowReuse.Keep(previous, shown.Select(view => From(view, snapshot)), row => row.Id);
    }

    private static HeldRow From(HeldOrderView view, EngineSnapshot snapshot)
    {
        var (held, order) = (view.Held, view.Held.Order);
        return new()
        {
            Id = held.Id, Symbol = order.Symbol.ToString(), Places = snapshot.ContractOf(order.Symbol)?.Places() ?? 2, Kind = held.Kind, Purpose = order.Purpose, Leg = order.Side, Side = order.OrderSide,
            Volume = order.Volume.Value, Comparison = held.Comparison, PriceSource = held.PriceSource, Level = held.Level.Value, LimitPrice = order.LimitPrice?.Value, Distance = view.DistanceTicks,
            TradingDay = held.TradingDay, ValidUntil = held.ValidUntil, State = held.State, Reason = held.Reason, At = held.UpdatedAt,
        };
    }
}

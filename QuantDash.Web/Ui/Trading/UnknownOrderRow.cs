using QuantDash.Core.Engine;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Live;

namespace QuantDash.Web.Ui.Trading;

/// <summary>An order whose outcome nobody knows yet, ready to draw. Times are on the wall clock.</summary>
public sealed record UnknownOrderRow
{
    public required ClientOrderId Id { get; init; }
    public required AccountId AccountId { get; init; }
    public required string AccountName { get; init; }
    public required string Symbol { get; init; }
    public required int Places { get; init; }
    public required OrderSide Side { get; init; }
    public required Offset Offset { get; init; }
    public required decimal Volume { get; init; }
    public required decimal Filled { get; init; }
    public decimal? Price { get; init; }
    public required DateTimeOffset Since { get; init; }
    public required int Asked { get; init; }

    /// <summary>Null: as soon as a program asks, or never.</summary>
    public DateTimeOffset? AskedAgainAt { get; init; }

    /// <summary>Somebody is asked about it.</summary>
    public required bool IsAsked { get; init; }

    /// <summary>Nobody is there who could answer now.</summary>
    public required bool LinkDown { get; init; }

    /// <summary>When the trader is woken; null: was.</summary>
    public DateTimeOffset? AlarmAt { get; init; }
    public required bool MayBeNeverPlaced { get; init; }

    /// <param name="snapshot">The engine now.</param>
    /// <param name="account">Of this account; null: of all of them.</param>
    /// <param name="previous">The rows drawn before.</param>
    public static IReadOnlyList<UnknownOrderRow> List(EngineSnapshot snapshot, AccountId? account, IReadOnlyList<UnknownOrderRow> previous) =>
        RowReuse.Keep(previous, snapshot.Unknown.Where(view => account is null || view.Order.AccountId == account).Select(view => From(view, snapshot)), row => row.Id);

    private static UnknownOrderRow From(UnknownOrderView view, EngineSnapshot snapshot)
    {
        var order = view.Order;
        var account = snapshot.Accounts.FirstOrDefault(a => a.Account.Id == order.AccountId);
        return new()
        {
            Id = order.Id, AccountId = order.AccountId, AccountName = account?.Account.Name ?? "", Symbol = order.Symbol.ToString(), Places = snapshot.ContractOf(order.Symbol)?.Places() ?? 2,
            Side = order.Side, Offset = order.Offset, Volume = order.Volume.Value, Filled = order.FilledVolume.Value, Price = order.LimitPrice?.Value,
            Since = snapshot.OnWallClock(order.AccountId, view.Since)!.Value, Asked = view.Asked, AskedAgainAt = view.AskedAgainAt, IsAsked = view.IsAsked,
            LinkDown = account is { LinkUp: false }, AlarmAt = view.IsAlarmed ? null : snapshot.OnWallClock(order.AccountId, view.AlarmAt), MayBeNeverPlaced = view.MayBeNeverPlaced,
        };
    }
}

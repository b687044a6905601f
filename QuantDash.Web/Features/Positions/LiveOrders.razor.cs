using QuantDash.Core.Engine;
using QuantDash.Web.Live;

namespace QuantDash.Web.Features.Positions;

/// <summary>The chosen account's orders that are not final, at its venue and here.</summary>
public sealed partial class LiveOrders
{
    private IReadOnlyList<OrderRow> _orders = [];
    private IReadOnlyList<HeldRow> _held = [];
    private bool _holding;

    protected override TimeSpan Pace => Paces.Quotes;

    protected override void Build(EngineSnapshot snapshot, AccountView? account)
    {
        _orders = account is null ? [] : OrderRow.List(snapshot, account.Account.Id, _orders);
        _held = account is null ? [] : HeldRow.List(snapshot, account.Account.Id, _held);
    }
}

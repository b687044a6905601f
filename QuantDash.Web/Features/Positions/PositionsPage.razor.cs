using QuantDash.Core.Engine;
using QuantDash.Web.Live;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Positions;

public sealed partial class PositionsPage
{
    private IReadOnlyList<PositionRow> _rows = [];
    private IReadOnlyList<OrderRow> _orders = [];
    private decimal? _total;
    private decimal _margin;

    protected override TimeSpan Pace => Paces.Quotes;

    protected override void Build(EngineSnapshot snapshot, AccountView? account)
    {
        _rows = account is null ? [] : PositionRow.List(snapshot, account, _rows);
        _orders = account is null ? [] : OrderRow.List(snapshot, account.Account.Id, _orders);
        _total = _rows.All(r => r.Pnl is not null) ? _rows.Sum(r => r.Pnl) : null;
        _margin = account?.Funds.Margin ?? 0;
    }
}

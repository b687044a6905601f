using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Live;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Positions;

public sealed partial class PositionsPage
{
    private IReadOnlyList<PositionRow> _rows = [];
    private IReadOnlyList<OrderRow> _orders = [];
    private decimal? _total;
    private decimal _margin;
    private Ticket? _ticket;
    private IReadOnlyList<HeldLock> _locks = [];
    private IReadOnlyList<HeldLock> _broken = [];
    private IReadOnlyList<FoundPair> _pairs = [];
    private IReadOnlyList<HeldRow> _held = [];
    private HeldLock? _unlocking;
    private bool _holding;

    protected override TimeSpan Pace => Paces.Quotes;

    protected override void Build(EngineSnapshot snapshot, AccountView? account)
    {
        _rows = account is null ? [] : PositionRow.List(snapshot, account, _rows);
        _orders = account is null ? [] : OrderRow.List(snapshot, account.Account.Id, _orders);
        _locks = account is null ? [] : HeldLock.List(snapshot, account.Account.Id, _locks);
        _held = account is null ? [] : HeldRow.List(snapshot, account.Account.Id, _held);
        _broken = [.. _locks.Where(row => row.Status == LockStatus.Broken)];
        _pairs = account is null ? [] : FoundPair.List(account, _pairs);
        _total = _rows.All(r => r.Pnl is not null) ? _rows.Sum(r => r.Pnl) : null;
        _margin = account?.Funds.Margin ?? 0;
    }

    private void Open((PositionRow Row, OrderPurpose Purpose, Side Side) wish)
    {
        if (Account is { } account) _ticket = new(account.Account.Id, Symbol.ParseCanonical(wish.Row.Symbol), wish.Purpose, wish.Side);
    }
}

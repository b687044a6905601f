using Microsoft.AspNetCore.Components;
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
    private decimal? _total;
    private decimal _margin;
    private Ticket? _ticket;
    private IReadOnlyList<HeldLock> _locks = [];
    private IReadOnlyList<HeldLock> _broken = [];
    private IReadOnlyList<FoundPair> _pairs = [];
    private HeldLock? _unlocking;
    private PositionKeys? _keys;
    private string? _selected;
    private string? _detailed;
    private IReadOnlyList<LegAnalysis> _legs = [];
    private bool _wasAsked;

    /// <summary>buy or sell: a ticket is open when the page is; with the contract and the price beside it, so that other pages can ask for one by address.</summary>
    [Parameter, SupplyParameterFromQuery(Name = "order")] public string? OrderInAddress { get; set; }
    [Parameter, SupplyParameterFromQuery(Name = "symbol")] public string? SymbolInAddress { get; set; }
    [Parameter, SupplyParameterFromQuery(Name = "price")] public decimal? PriceInAddress { get; set; }

    protected override TimeSpan Pace => Paces.Quotes;

    protected override void Build(EngineSnapshot snapshot, AccountView? account)
    {
        _rows = account is null ? [] : PositionRow.List(snapshot, account, _rows);
        _locks = account is null ? [] : HeldLock.List(snapshot, account.Account.Id, _locks);
        _broken = [.. _locks.Where(row => row.Status == LockStatus.Broken)];
        _pairs = account is null ? [] : FoundPair.List(account, _pairs);
        _total = _rows.All(r => r.Pnl is not null) ? _rows.Sum(r => r.Pnl) : null;
        _margin = account?.Funds.Margin ?? 0;
        _legs = account?.Positions.FirstOrDefault(position => position.Contract.Symbol.ToString() == _detailed) is { } detailed ? LegAnalysis.Of(snapshot, account, detailed) : [];
        AskByAddress(account);
    }

    private void Details(string symbol)
    {
        _detailed = _detailed == symbol ? null : symbol;
        Rebuild();
    }

    /// <summary>Once: who closed the ticket is not shown it again.</summary>
    private void AskByAddress(AccountView? account)
    {
        if (_wasAsked || account is null || !Enum.TryParse<OrderSide>(OrderInAddress, ignoreCase: true, out var side)) return;
        _wasAsked = true;
        _selected = SymbolInAddress;
        Give(side, PriceInAddress);
    }

    private async Task PressAsync(string key)
    {
        if (key is "b" or "s") Give(key == "b" ? OrderSide.Buy : OrderSide.Sell);
        if (key is not ("j" or "k") || _rows.Count == 0) return;
        var at = _rows.ToList().FindIndex(row => row.Symbol == _selected);
        var next = Math.Clamp(at + (key == "j" ? 1 : -1), 0, _rows.Count - 1);
        _selected = _rows[next].Symbol;
        if (_keys is { } keys) await keys.RevealAsync(_rows[next].Symbol, (double)next / _rows.Count);
    }

    /// <summary>In the contract that is selected, else the first held, else the first quoted.</summary>
    private void Give(OrderSide side, decimal? price = null)
    {
        if (Account is not { } account || _ticket is not null || View is not { } snapshot) return;
        var text = _selected ?? (_rows.Count > 0 ? _rows[0].Symbol : null);
        var quoted = snapshot.Quotes.Where(quote => quote.Source == account.Account.Source).Select(quote => quote.Contract.Symbol).ToList();
        var symbol = quoted.Find(one => one.ToString() == text);
        if (symbol == default && quoted.Count > 0) symbol = quoted[0];
        if (symbol == default) return;
        var held = account.Positions.FirstOrDefault(position => position.Contract.Symbol == symbol);
        _ticket = Ticket.For(account.Account.Id, symbol, side, side == OrderSide.Buy ? held?.Short : held?.Long, price);
    }

    private void Open((PositionRow Row, OrderPurpose Purpose, Side Side) wish)
    {
        if (Account is { } account) _ticket = new(account.Account.Id, Symbol.ParseCanonical(wish.Row.Symbol), wish.Purpose, wish.Side);
    }
}

using Microsoft.AspNetCore.Components;
using QuantDash.Core.Engine;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Live;

namespace QuantDash.Web.Features.Orders;

/// <summary>A part of the order history of the chosen account, newest first: read again when an order moved, an older page on request.</summary>
public abstract class HistoryPanel<T> : ScreenComponent
{
    private const int PageLength = 50;
    private readonly List<T> _items = [];
    private int _moved;
    private string? _next;
    private bool _reading;

    [Inject] public required IOrderHistory History { get; init; }

    protected IReadOnlyList<T> Items => _items;
    protected bool HasOlder => _next is not null;
    protected override TimeSpan Pace => Paces.Funds;

    /// <summary>Where decimals come from.</summary>
    protected EngineSnapshot Snapshot { get; private set; } = EngineSnapshot.Empty;

    protected abstract Task<Page<T>> ReadAsync(OrderFilter filter, PageRequest page);

    protected sealed override void Build(EngineSnapshot snapshot, AccountView? account)
    {
        Snapshot = snapshot;
        var moved = new HashCode();
        moved.Add(account?.Account.Id);
        moved.Add(account?.Funds.Fees);
        foreach (var order in snapshot.Orders) moved.Add((order.Id, order.State, order.FilledVolume));
        if (moved.ToHashCode() is var now && (now == _moved || _reading)) return;
        _moved = now;
        Begin(AgainAsync);
    }

    /// <summary>From the newest on.</summary>
    protected Task AgainAsync() => TakeAsync(null);

    protected Task OlderAsync() => TakeAsync(_next);

    private async Task TakeAsync(string? cursor)
    {
        _reading = true;
        try
        {
            var page = await ReadAsync(new() { AccountId = Account?.Account.Id }, new(cursor, PageLength));
            if (cursor is null) _items.Clear();
            _items.AddRange(page.Items);
            _next = page.NextCursor;
        }
        finally
        {
            _reading = false;
        }
        StateHasChanged();
    }
}

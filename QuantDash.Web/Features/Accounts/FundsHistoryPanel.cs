using Microsoft.AspNetCore.Components;
using QuantDash.Core.Engine;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Web.Live;

namespace QuantDash.Web.Features.Accounts;

/// <summary>A part of the chosen account's books, newest first: read again when something was booked, an older page on request.</summary>
public abstract class FundsHistoryPanel<T> : ScreenComponent
{
    private const int PageLength = 50;
    private readonly List<T> _items = [];
    private (AccountId? Account, decimal? Deposits, DateOnly? Day) _shown;
    private string? _next;
    private int _reading;

    [Inject] public required IFundsHistory History { get; init; }

    protected IReadOnlyList<T> Items => _items;
    protected bool HasOlder => _next is not null;
    protected bool Loaded { get; private set; }
    protected override TimeSpan Pace => Paces.Funds;

    protected abstract Task<Page<T>> ReadAsync(FundsFilter filter, PageRequest page);

    protected sealed override void Build(EngineSnapshot snapshot, AccountView? account)
    {
        var shown = (account?.Account.Id, account?.Funds.Deposits, account?.Funds.TradingDay);
        if (shown == _shown) return;
        _shown = shown;
        Begin(() => TakeAsync(null));
    }

    protected Task OlderAsync() => TakeAsync(_next);

    /// <summary>From the newest again.</summary>
    protected Task ReloadAsync() => TakeAsync(null);

    // A page that was overtaken by another account, or by a booking, is dropped.
    private async Task TakeAsync(string? cursor)
    {
        var reading = ++_reading;
        var page = _shown.Account is { } account ? await ReadAsync(new() { AccountId = account }, new(cursor, PageLength)) : new([], null);
        if (reading != _reading) return;
        if (cursor is null) _items.Clear();
        _items.AddRange(page.Items);
        _next = page.NextCursor;
        Loaded = true;
        StateHasChanged();
    }
}

using Microsoft.AspNetCore.Components;
using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;
using QuantDash.Web.Live;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Orders;

/// <summary>The part of the order history that a search wants, newest first: its first page is read again when an order moved, an older one on request.</summary>
public abstract class HistoryPanel<T> : ScreenComponent
    where T : class
{
    protected const int PageLength = 100;
    private HistoryList<T> _list = null!;
    private OrderSearch? _read;
    private AccountId? _account;
    private int _moved;
    private Task _turn = Task.CompletedTask;
    private bool _refreshes;

    [Parameter, EditorRequired] public required OrderSearch Search { get; set; }
    [Inject] public required IOrderHistory History { get; init; }
    [Inject] public required ContractCatalog Catalog { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }

    protected HistoryList<T> List => _list;
    protected bool HasRead { get; private set; }
    protected bool WrongSymbol { get; private set; }
    protected override TimeSpan Pace => Paces.Funds;

    /// <summary>Where decimals come from.</summary>
    protected EngineSnapshot Snapshot { get; private set; } = EngineSnapshot.Empty;

    protected AccountId? Chosen => Account?.Account.Id;

    /// <summary>Lines of several accounts stand side by side.</summary>
    protected bool ShowsAccounts => Search.Account == OrderSearch.AllAccounts && Snapshot.Accounts.Count > 1;

    /// <summary>The page it stands on.</summary>
    protected abstract string Path { get; }

    protected abstract object KeyOf(T line);

    /// <summary>Which order to ask about again, wherever in the list it stands; null: nothing of the line changes any more.</summary>
    protected abstract ClientOrderId? Unfinished(T line);

    protected abstract Task<Page<T>> ReadAsync(OrderFilter filter, PageRequest page);

    /// <summary>What stands beside the lines waits to be read again.</summary>
    protected virtual bool IsBehind => false;

    /// <summary>What stands beside the lines and depends on all of them.</summary>
    protected virtual Task ReadBesideAsync(OrderFilter filter) => Task.CompletedTask;

    protected override void OnInitialized()
    {
        _list = new(KeyOf);
        base.OnInitialized();
    }

    /// <summary>Another search is read before it is drawn.</summary>
    protected override void OnParametersSet() => Rebuild();

    protected sealed override void Build(EngineSnapshot snapshot, AccountView? account)
    {
        Snapshot = snapshot;
        var moved = Moved(snapshot);
        var isSame = Search == _read && Chosen == _account;
        if (isSame && moved == _moved && !IsBehind) return;
        (_read, _account, _moved) = (Search, Chosen, moved);
        Begin(isSame ? RefreshAsync : AgainAsync);
    }

    /// <summary>From the newest on.</summary>
    protected Task AgainAsync()
    {
        _refreshes = false;
        return TakeAsync(async filter =>
        {
            _list.Begin(await ReadAsync(filter, new(null, PageLength)));
            await ReadBesideAsync(filter);
        });
    }

    protected Task OlderAsync() => TakeAsync(async filter => _list.Add(await ReadAsync(filter, new(_list.Next, PageLength))));

    protected void Look(OrderSearch search) => Navigation.NavigateTo(search.Address(Path));

    /// <summary>Where the list goes on that has no room for more.</summary>
    protected OrderSearch FurtherBack(DateTimeOffset last) => Search with { Before = last.AddMicroseconds(1) };

    protected int PlacesOf(Symbol symbol) => (Snapshot.ContractOf(symbol) ?? Catalog.Find(symbol, Today))?.Places() ?? 2;

    protected string AccountName(AccountId id) => Snapshot.Accounts.FirstOrDefault(a => a.Account.Id == id)?.Account.Name ?? "";

    protected DateOnly Today => TradingFields.DayOf(Snapshot, null, Snapshot.At);

    /// <summary>Once for all that moved until it begins.</summary>
    private Task RefreshAsync()
    {
        if (_refreshes) return Task.CompletedTask;
        _refreshes = true;
        return TakeAsync(async filter =>
        {
            _refreshes = false;
            _list.Refresh(await ReadAsync(filter, new(null, PageLength)));
            foreach (var line in _list.Items.Skip(PageLength).ToList())
            {
                if (Unfinished(line) is { } order) _list.Put(KeyOf(line), (await ReadAsync(filter with { OrderId = order }, new(null, 1))).Items is [var now, ..] ? now : null);
            }
            await ReadBesideAsync(filter);
        });
    }

    /// <summary>One after another: an answer never stands under another search.</summary>
    private Task TakeAsync(Func<OrderFilter, Task> take) => _turn = TakeAsync(_turn, take);

    private async Task TakeAsync(Task before, Func<OrderFilter, Task> take)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        var filter = Search.Filter(Chosen, text => Catalog.Resolve(text, Today) is { Succeeded: true } found ? found.Value.Symbol : null);
        WrongSymbol = filter is null;
        if (filter is not null)
        {
            await take(filter);
            HasRead = true;
        }
        StateHasChanged();
    }

    private static int Moved(EngineSnapshot snapshot)
    {
        var moved = new HashCode();
        foreach (var account in snapshot.Accounts) moved.Add((account.Account.Id, account.Funds.Fees, account.Funds.RealisedPnl));
        foreach (var order in snapshot.Orders) moved.Add((order.Id, order.State, order.FilledVolume));
        return moved.ToHashCode();
    }
}

using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Orders;

/// <summary>Every trade there was, and what the wanted ones come to.</summary>
public sealed partial class TradesPanel
{
    /// <summary>Between two sums of the same search: the longer the past, the more there is to add up.</summary>
    private static readonly TimeSpan BetweenSums = TimeSpan.FromSeconds(5);

    private IReadOnlyList<TradeTotals> _totals = [];
    private OrderFilter? _summed;
    private DateTimeOffset _summedAt;
    private bool _behind;
    private TaskCompletionSource _drawn = new();

    protected override string Path => "/trades";

    protected override bool IsBehind => _behind && Snapshot.At - _summedAt >= BetweenSums;

    protected override object KeyOf(ListedTrade line) => line.Trade.Fill.Key;

    /// <summary>A trade is what it is.</summary>
    protected override ClientOrderId? Unfinished(ListedTrade line) => null;

    protected override Task<Page<ListedTrade>> ReadAsync(OrderFilter filter, PageRequest page) => History.TradesWithOriginAsync(filter, page);

    /// <summary>The browser has drawn what it was sent.</summary>
    protected override void OnAfterRender(bool firstRender) => _drawn.TrySetResult();

    /// <summary>Adding up a long past takes longer than reading a page of it: it begins when the page stands on screen. Not on the renderer: SQLite's driver answers only once it has read
    /// everything, and nothing on the page would move until then.</summary>
    protected override async Task ReadBesideAsync(OrderFilter filter)
    {
        _behind = filter == _summed && Snapshot.At - _summedAt < BetweenSums;
        if (_behind) return;
        _drawn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        StateHasChanged();
        await _drawn.Task;
        (_summed, _summedAt) = (filter, Snapshot.At);
        _totals = TradeTotals.Of(
            await Task.Run(() => History.TradeSumsAsync(filter)), symbol => Catalog.Find(symbol, Today)?.Multiplier, id => Snapshot.Accounts.FirstOrDefault(a => a.Account.Id == id)?.Account.Currency);
    }
}

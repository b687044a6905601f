using Microsoft.AspNetCore.Components;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Web.Live;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Locks;

/// <summary>锁仓成绩单: what past locks brought against closing and against holding, read when the page opens and when a filter changes.</summary>
public sealed partial class LockReportPage
{
    private const int PageLength = 50;

    private readonly HistoryFilter _filter = new() { Kind = HistoryKind.Executions };
    private IReadOnlyList<LockReportItem>? _items;
    private IReadOnlyList<LockReportItem> _shown = [];
    private LockReportSummary _sum = LockReportSummary.Of([]);
    private Guid? _account;
    private bool _wrongSymbol;

    [Inject] public required LockReports Reports { get; init; }
    [Inject] public required ScreenFeed Feed { get; init; }

    private AccountId? Account => _account is { } id ? new AccountId(id) : null;

    private string CsvAddress => $"/api/lock/report.csv?{_filter.Query(Account, "from", "to")}";

    protected override Task OnInitializedAsync() => ReadAsync();

    private async Task ReadAsync()
    {
        var filter = _filter.Build(Account);
        _wrongSymbol = filter is null;
        if (filter is null) return;
        // SQLite reads on the thread that asks, and this one draws.
        var items = await Task.Run(() => Reports.ReadAsync(filter, Feed.Current));
        if (filter != _filter.Build(Account)) return;
        (_items, _sum) = (items, LockReportSummary.Of(items));
        _shown = [.. items.Take(PageLength)];
    }

    private void Older() => _shown = [.. _items!.Take(_shown.Count + PageLength)];

    private string Labelled(string key) => _sum.Currency is { } currency ? $"{Text[key]} · {currency.Code}" : Text[key];

    private int PlacesOf(Symbol symbol) => Feed.Current.ContractOf(symbol)?.Places() ?? 2;
}

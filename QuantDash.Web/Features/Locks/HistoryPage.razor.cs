using Microsoft.AspNetCore.Components;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Web.Live;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Locks;

/// <summary>All firings and executions ever, from the database, a page at a time; the same filters go into the CSV.</summary>
public sealed partial class HistoryPage
{
    private const int PageLength = 50;

    private readonly HistoryFilter _filter = new();
    private readonly List<LockTrigger> _triggers = [];
    private readonly List<LockExecution> _executions = [];
    private Guid? _account;
    private string? _next;
    private bool _wrongSymbol;
    private bool _busy;

    [Inject] public required ILockHistory History { get; init; }
    [Inject] public required ScreenFeed Feed { get; init; }

    private AccountId? Account => _account is { } id ? new AccountId(id) : null;

    private string CsvAddress => $"/api/lock/{(_filter.Executions ? "executions" : "triggers")}.csv?{_filter.Query(Account)}";

    protected override Task OnInitializedAsync() => ReadAsync();

    private async Task ReadAsync()
    {
        _triggers.Clear();
        _executions.Clear();
        _next = null;
        await OlderAsync();
    }

    private async Task OlderAsync()
    {
        var filter = _filter.Build(Account);
        _wrongSymbol = filter is null;
        if (filter is null) return;
        _busy = true;
        try
        {
            if (_filter.Executions)
            {
                var page = await History.ExecutionsAsync(filter, new(_next, PageLength));
                _executions.AddRange(page.Items);
                _next = page.NextCursor;
            }
            else
            {
                var page = await History.TriggersAsync(filter, new(_next, PageLength));
                _triggers.AddRange(page.Items);
                _next = page.NextCursor;
            }
        }
        finally
        {
            _busy = false;
        }
    }

    private int PlacesOf(Symbol symbol) => Feed.Current.ContractOf(symbol)?.Places() ?? 2;
}

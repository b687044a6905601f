using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using QuantDash.Core.Engine;
using QuantDash.Core.Hosting;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;
using QuantDash.Web.Live;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Strategies;

/// <summary>What strategies asked for and what became of it: the stored records, and those that come while somebody looks.</summary>
public sealed partial class TriggerRecords
{
    private const int PageLength = 200;

    private readonly SignalList _list = new();
    private IReadOnlyList<StrategySignal> _shown = [];
    private EngineSnapshot _snapshot = EngineSnapshot.Empty;
    private string _of = "";
    private SignalResult? _result;
    private SignalOrder _order;
    private bool _hasRead;

    /// <summary>Those to choose from.</summary>
    [Parameter] public IReadOnlyList<StrategyCardView> Cards { get; set; } = [];

    /// <summary>This strategy's alone; null: of all.</summary>
    [Parameter] public Guid? Only { get; set; }
    [Inject] public required IStrategyArchive Archive { get; init; }

    protected override TimeSpan Pace => Paces.Locks;

    private SignalFilter Filter => new() { InstanceId = Wanted, Result = _result, Order = _order };

    private string CsvAddress => QueryHelpers.AddQueryString("/api/strategies/signals.csv", new Dictionary<string, string?>
    {
        ["strategy_id"] = Wanted?.ToString(), ["execution_result"] = _result is { } result ? WireNames<SignalResult>.Of(result) : null,
    });

    /// <summary>Of several strategies only.</summary>
    private IEnumerable<SignalSort> Sorts => Enum.GetValues<SignalSort>().Where(sort => sort != SignalSort.Strategy || Only is null);

    private Guid? Wanted => Only ?? (Guid.TryParse(_of, out var id) ? id : null);

    protected override async Task OnInitializedAsync() => await AgainAsync();

    protected override void Build(EngineSnapshot snapshot, AccountView? account)
    {
        _snapshot = snapshot;
        if (_hasRead && _list.Put(Live())) _shown = _list.Of(_result);
    }

    private IEnumerable<StrategySignal> Live() =>
        _snapshot.Strategies.Where(view => Wanted is null || view.Instance.Id == Wanted).SelectMany(view => view.Signals.Concat(view.Working));

    private async Task AgainAsync()
    {
        var filter = Filter;
        var first = await Archive.SignalsAsync(filter, new(null, PageLength), CancellationToken.None);
        if (filter != Filter) return;
        _list.Begin(first, filter.Order);
        _list.Put(Live());
        (_hasRead, _shown) = (true, _list.Of(_result));
    }

    private async Task OlderAsync()
    {
        var filter = Filter;
        var page = await Archive.SignalsAsync(filter, new(_list.Next, PageLength), CancellationToken.None);
        if (filter != Filter) return;
        _list.Add(page);
        _shown = _list.Of(_result);
    }

    private Task ChooseAsync(ChangeEventArgs chosen) => Enum.TryParse<SignalSort>(chosen.Value as string, out var by) ? SortAsync(new(by, BeginsUp(by))) : Task.CompletedTask;

    /// <summary>Names from A on, numbers and times from the highest on.</summary>
    private static bool BeginsUp(SignalSort by) => by is SignalSort.Strategy or SignalSort.Symbol or SignalSort.Result;

    /// <summary>Over the whole history: another order is read anew.</summary>
    private Task SortAsync(SignalOrder order)
    {
        _order = order;
        return AgainAsync();
    }

    private int PlacesOf(Symbol symbol) => _snapshot.ContractOf(symbol)?.Places() ?? 2;

    /// <summary>The engine's words: what happened, and for a bar or a timer which.</summary>
    private string ConditionOf(StrategySignal signal) => signal.TriggerCondition.Split(' ', 2) switch
    {
        ["bar", var which] => Text["ConditionBar", which],
        ["timer", var name] => Text["ConditionTimer", name],
        [var kind] when Text["Condition." + kind] is { ResourceNotFound: false } known => known,
        _ => signal.TriggerCondition,
    };
}

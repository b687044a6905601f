using Microsoft.AspNetCore.Components;
using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;
using QuantDash.Web.Live;
using QuantDash.Web.Ui;

namespace QuantDash.Web.Features.Market;

/// <summary>Time and sales of one contract: the latest of all ticks that came, however many between two drawings.</summary>
public sealed partial class SalesTable
{
    private const int Shown = 60;
    private IReadOnlyList<SaleRow> _rows = [];
    private (SourceName, Symbol)? _of;

    [Parameter, EditorRequired] public required Contract Contract { get; set; }
    [Inject] public required SalesBoard Sales { get; init; }

    protected override TimeSpan Pace => Paces.Quotes;

    protected override void OnParametersSet() => Rebuild();

    protected override void Build(EngineSnapshot snapshot, AccountView? account)
    {
        if (account is null) return;
        var of = (account.Account.Source, Contract.Symbol);
        if (_of != of) (_of, _rows) = (of, []);
        _rows = RowReuse.Keep(_rows, Sales.Latest(account.Account.Source, Contract.Symbol, Shown).Select(sale => SaleRow.From(sale, Contract)), row => row.Number);
    }
}

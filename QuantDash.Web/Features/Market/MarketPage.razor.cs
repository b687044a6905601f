using Microsoft.AspNetCore.Components;
using QuantDash.Core.Engine;
using QuantDash.Core.Primitives;
using QuantDash.Web.Live;
using QuantDash.Web.Ui.Charts;

namespace QuantDash.Web.Features.Market;

public sealed partial class MarketPage
{
    private IReadOnlyList<WatchRow> _rows = [];
    private QuotePanelView? _quote;
    private PriceTrace? _trace;
    private ChartModel? _chart;
    private DateTimeOffset _drawnAt;
    private string? _selected;
    private bool _candles;

    /// <summary>The selected contract; the first of the list without it.</summary>
    [Parameter, SupplyParameterFromQuery(Name = "symbol")] public string? SymbolInAddress { get; set; }
    [Inject] public required NavigationManager Navigation { get; init; }
    [Inject] public required BarBoard Bars { get; init; }

    protected override TimeSpan Pace => Paces.Quotes;

    protected override void OnParametersSet() => Rebuild();

    protected override void Build(EngineSnapshot snapshot, AccountView? account)
    {
        if (account is null)
        {
            (_rows, _quote, _chart) = ([], null, null);
            return;
        }

        _rows = WatchRow.List(snapshot, account, _rows);
        _selected = _rows.FirstOrDefault(r => r.Symbol == SymbolInAddress)?.Symbol ?? (_rows.Count > 0 ? _rows[0].Symbol : null);
        var quote = snapshot.Quotes.FirstOrDefault(q => q.Source == account.Account.Source && q.Contract.Symbol.ToString() == _selected);
        _quote = quote is null ? null : QuotePanelView.From(quote);
        if (quote is not null) Trace(quote, snapshot, account);
    }

    private void Trace(QuoteView quote, EngineSnapshot snapshot, AccountView account)
    {
        if (_trace is null || _trace.Contract.Symbol != quote.Contract.Symbol)
        {
            _trace = new(quote.Contract);
            _trace.Begin(Bars.Minutes(quote.Source, quote.Contract.Symbol));
            _drawnAt = default;
        }

        _trace.Add(quote.Tick);
        if (snapshot.At - _drawnAt < Paces.PriceChart) return;
        _drawnAt = snapshot.At;
        _chart = _candles
            ? PriceChart.Candles(quote.Contract, Bars.Minutes(quote.Source, quote.Contract.Symbol), snapshot, account, ChartWords())
            : PriceChart.Line(_trace, snapshot, account, ChartWords());
    }

    private void Show(bool candles)
    {
        _candles = candles;
        _drawnAt = default;
        Rebuild();
    }

    private void Select(string symbol) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("symbol", symbol), replace: true);

    private PriceChartWords ChartWords() => new(
        Text["OpenPrice"],
        Text["Volume"],
        side => Text[side == Side.Long ? "LongLeg" : "ShortLeg"],
        kind => Words["Condition" + kind],
        status => Words["Status" + status],
        lots => Words["Lots", lots],
        [new(Text["Range5m"], 5), new(Text["Range30m"], 30), new(Text["Range2h"], 120), new(Text["RangeAll"], 0)]);
}

using Microsoft.AspNetCore.Components;
using QuantDash.Core.Engine;
using QuantDash.Core.Primitives;
using QuantDash.Web.Live;
using QuantDash.Web.Ui.Charts;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Market;

public sealed partial class MarketPage
{
    private IReadOnlyList<WatchRow> _rows = [];
    private QuotePanelView? _quote;
    private Symbol? _drawn;
    private ChartModel? _chart;
    private DateTimeOffset _drawnAt;
    private string? _selected;
    private bool _candles;

    /// <summary>The selected contract; the first of the list without it.</summary>
    [Parameter, SupplyParameterFromQuery(Name = "symbol")] public string? SymbolInAddress { get; set; }
    [Inject] public required NavigationManager Navigation { get; init; }
    [Inject] public required PriceBoard Prices { get; init; }

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
        if (quote is not null) Draw(quote, snapshot, account);
    }

    private void Draw(QuoteView quote, EngineSnapshot snapshot, AccountView account)
    {
        if (_drawn == quote.Contract.Symbol && snapshot.At - _drawnAt < Paces.PriceChart) return;
        (_drawn, _drawnAt) = (quote.Contract.Symbol, snapshot.At);
        var words = PriceChartWords.In(Words, new(Text["Range5m"], 5), new(Text["Range30m"], 30), new(Text["Range2h"], 120), new(Text["RangeAll"], 0));
        _chart = _candles
            ? PriceChart.Candles(quote.Contract, Prices.Minutes(quote.Source, quote.Contract.Symbol), snapshot, account, words)
            : PriceChart.Line(quote.Contract, Prices.Points(quote.Source, quote.Contract.Symbol), snapshot, account, words);
    }

    private void Show(bool candles)
    {
        _candles = candles;
        _drawnAt = default;
        Rebuild();
    }

    private void Select(string symbol) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("symbol", symbol), replace: true);
}

using Microsoft.AspNetCore.Components;
using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Web.Live;
using QuantDash.Web.Ui;
using QuantDash.Web.Ui.Charts;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Market;

/// <summary>The day's price of one contract with its levels, which whoever may trade can drag.</summary>
public sealed partial class PriceCard
{
    private ChartModel? _chart;
    private DateTimeOffset _drawnAt;
    private bool _candles;

    [Parameter, EditorRequired] public required Contract Contract { get; set; }
    [Parameter] public EventCallback<LevelMove> OnMoved { get; set; }
    [Parameter] public EventCallback<decimal> OnPicked { get; set; }
    [CascadingParameter] public Rights? Rights { get; set; }
    [Inject] public required PriceBoard Prices { get; init; }

    protected override TimeSpan Pace => Paces.PriceChart;

    protected override void Build(EngineSnapshot snapshot, AccountView? account)
    {
        if (account is null || (_chart is not null && snapshot.At >= _drawnAt && snapshot.At - _drawnAt < Paces.PriceChart)) return;
        _drawnAt = snapshot.At;
        var source = account.Account.Source;
        var words = PriceChartWords.In(Words, new(Text["Range5m"], 5), new(Text["Range30m"], 30), new(Text["Range2h"], 120), new(Text["RangeAll"], 0));
        _chart = _candles
            ? PriceChart.Candles(Contract, Prices.Minutes(source, Contract.Symbol), snapshot, account, words)
            : PriceChart.Line(Contract, Prices.Points(source, Contract.Symbol), snapshot, account, words);
    }

    private void Show(bool candles)
    {
        _candles = candles;
        _drawnAt = default;
        Rebuild();
    }
}

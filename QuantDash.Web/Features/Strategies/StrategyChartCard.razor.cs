using Microsoft.AspNetCore.Components;
using QuantDash.Core.Engine;
using QuantDash.Core.Primitives;
using QuantDash.Web.Live;
using QuantDash.Web.Ui.Charts;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Strategies;

/// <summary>The day's candles of one of a strategy's contracts, and where it acted.</summary>
public sealed partial class StrategyChartCard
{
    private ChartModel? _chart;
    private string? _symbol;
    private DateTimeOffset _drawnAt;

    [Parameter, EditorRequired] public required StrategyCardView Card { get; set; }
    [Inject] public required PriceBoard Prices { get; init; }

    protected override TimeSpan Pace => Paces.PriceChart;

    protected override void Build(EngineSnapshot snapshot, AccountView? account)
    {
        if (_chart is not null && snapshot.At >= _drawnAt && snapshot.At - _drawnAt < Paces.PriceChart) return;
        _drawnAt = snapshot.At;
        _symbol ??= Card.Instance.Symbols is [var first, ..] ? first.ToString() : null;
        if (!Symbol.TryParseCanonical(_symbol, out var symbol) || snapshot.Accounts.FirstOrDefault(a => a.Account.Id == Card.Instance.AccountId)?.Account.Source is not { } source) return;
        var words = new StrategyChartWords(
            Words["ChartOpen"], Words["ChartVolume"], side => Words["Leg" + side], action => Text["Action" + action], result => Text["Result" + result],
            [new(Text["Range30m"], 30), new(Text["Range2h"], 120), new(Text["RangeAll"], 0)]);
        _chart = StrategyChart.Draw(Card, symbol, snapshot.ContractOf(symbol)?.PriceTick ?? 0.01m, Prices.Minutes(source, symbol), words);
    }

    private void Select(ChangeEventArgs change)
    {
        (_symbol, _chart) = (change.Value as string, null);
        Rebuild();
    }
}

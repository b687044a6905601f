using System.Globalization;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;
using QuantDash.Web.Live;
using QuantDash.Web.Problems;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Market;

/// <summary>A level was dragged on the chart: what that means is shown before it is so.</summary>
public sealed partial class MoveDialog
{
    private Price? _old;
    private decimal? _last;
    private string? _problem;
    private bool _fires;
    private bool _beyond;
    private bool _saving;

    [Parameter, EditorRequired] public required MovableLevel Level { get; set; }
    [Parameter, EditorRequired] public required decimal To { get; set; }
    [Parameter, EditorRequired] public required Contract Contract { get; set; }
    [Parameter, EditorRequired] public required IMarketDesk Desk { get; set; }
    [Parameter, EditorRequired] public EventCallback OnClose { get; set; }

    protected override TimeSpan Pace => Paces.Quotes;

    protected override void Build(EngineSnapshot snapshot, AccountView? account)
    {
        (_old, _fires, _beyond) = (null, false, false);
        var quote = account is null ? null : snapshot.QuoteOf(account.Account, Contract.Symbol);
        _last = quote?.Last.Value;
        if (Level.Kind == LevelKind.Alert)
        {
            var alert = snapshot.Alerts.FirstOrDefault(a => a.Id == Level.Id);
            _old = alert?.Level;
            _beyond = alert is not null && _last is { } last && (alert.Direction == AlertDirection.Above ? last >= To : last <= To);
        }
        else if (snapshot.Rules.FirstOrDefault(r => r.Rule.Id == Level.Id)?.Rule is { } rule)
        {
            _old = Level.Kind == LevelKind.Stop ? rule.StopLossPrice : rule.TriggerPrice;
            _fires = quote is not null && Fires(rule, quote);
        }
    }

    private bool Fires(LockRule rule, QuoteView quote)
    {
        if (!rule.IsEnabled || DecidingPrice.Of(rule.PriceSource, rule.Direction, quote.Tick, quote.MarkTicks) is not { } now) return false;
        var gain = (quote.Contract.PriceAt(now).Value - To) * rule.Direction.Sign();
        return Level.Kind == LevelKind.Stop ? gain <= 0 : gain >= 0;
    }

    private string Distance(decimal last) => Ui.Figures.Number(decimal.Round((To - last) / Contract.PriceTick), 0, signed: true);

    private async Task MoveAsync()
    {
        if (_saving) return;
        _saving = true;
        try
        {
            var problem = await Desk.MoveAsync(Level, new(To));
            _problem = problem is null ? null : ProblemSentences.Write(problem, CultureInfo.CurrentUICulture);
            if (problem is null) await OnClose.InvokeAsync();
        }
        finally
        {
            _saving = false;
        }
    }
}

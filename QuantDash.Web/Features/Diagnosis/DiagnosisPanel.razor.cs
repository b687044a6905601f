using Microsoft.AspNetCore.Components;
using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Notifications;
using QuantDash.Web.Live;
using QuantDash.Web.Supervision;
using QuantDash.Web.Ui;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Diagnosis;

/// <summary>The checks of <see cref="Diagnosis"/>, run again every second.</summary>
public sealed partial class DiagnosisPanel
{
    private IReadOnlyList<DiagnosisStep> _steps = [];

    [Inject] public required IDurableJournal Journal { get; init; }
    [Inject] public required INotificationHealth Notifications { get; init; }
    [Inject] public required LoopRoster Loops { get; init; }
    [Inject] public required ReadinessBoard Ready { get; init; }
    [Inject] public required MarketCalendars Calendars { get; init; }

    protected override TimeSpan Pace => Paces.Funds;

    protected override void Build(EngineSnapshot snapshot, AccountView? account) =>
        _steps = Diagnosis.Of(new(snapshot, account, Journal.Health, Notifications.Current, [.. Loops.All.Select(loop => loop.Status)], Ready.Of(snapshot)) { CalendarEnds = CalendarMarkets.All.ToDictionary(market => market, market => Calendars.Of(market).KnownTo) });

    private string Sentence(DiagnosisFinding finding)
    {
        if (finding.Key.StartsWith("Ready.", StringComparison.Ordinal)) return $"{finding.Values[0]}: {Counted.Singular(Words[finding.Key, [.. finding.Values.Skip(1)]])}";
        object[] values = [.. finding.Values.Select(value => value is "Long" or "Short" ? Common[value].Value : EngineSentence.InReadersLanguage(value))];
        return Counted.Singular(Text["Found" + finding.Key, values]);
    }
}

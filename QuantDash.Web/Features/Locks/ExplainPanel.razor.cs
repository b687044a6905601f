using System.Globalization;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Web.Live;
using QuantDash.Web.Ui;
using QuantDash.Web.Ui.Charts;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Locks;

/// <summary>Why a rule has fired or has not yet: each condition with its value, level and distance, or the reason why it is not watched.</summary>
public sealed partial class ExplainPanel
{
    private const decimal FarAway = 0.03m;

    private RuleRow? _rule;
    private IReadOnlyList<StageRow> _stages = [];
    private bool _stagesRise;
    private int _stagePlaces;
    private ChartModel? _chart;
    private Guid? _drawn;
    private DateTimeOffset _drawnAt;
    private DateTimeOffset? _evaluatedAt;
    private RuleReadiness? _ready;

    [Parameter, EditorRequired] public Guid? RuleId { get; set; }

    [Inject] public required PriceBoard Prices { get; init; }
    [Inject] public required ReadinessBoard Ready { get; init; }

    protected override TimeSpan Pace => Paces.Quotes;

    protected override void OnParametersSet() => Rebuild();

    protected override void Build(EngineSnapshot snapshot, AccountView? account)
    {
        var view = snapshot.Rules.FirstOrDefault(r => r.Rule.Id == RuleId);
        _rule = view is null ? null : RuleRow.From(view, snapshot);
        _stages = view is null ? [] : StageRow.List(view, snapshot);
        _stagesRise = view?.Rule is { TriggerType: TriggerType.Profit } or { Direction: Side.Long };
        _stagePlaces = view?.Rule.TriggerType == TriggerType.Profit || view is null ? 0 : snapshot.ContractOf(view.Rule.Symbol)?.Places() ?? 2;
        _evaluatedAt = view?.LastEvaluatedAt;
        _ready = view is null ? null : Ready.Of(snapshot).GetValueOrDefault(view.Rule.Id);
        if (view is not null && account is not null) Draw(view, snapshot, account);
    }

    private void Draw(RuleView rule, EngineSnapshot snapshot, AccountView account)
    {
        if (_drawn == rule.Rule.Id && snapshot.At - _drawnAt < Paces.PriceChart) return;
        (_drawn, _drawnAt) = (rule.Rule.Id, snapshot.At);
        _chart = snapshot.ContractOf(rule.Rule.Symbol) is { } contract
            ? PriceChart.Line(contract, Prices.Points(account.Account.Source, contract.Symbol), snapshot, account, PriceChartWords.In(Words), rule)
            : null;
    }

    private static Tone ToneOf(ReadinessState state) => state switch
    {
        ReadinessState.Blocked => Tone.Danger,
        ReadinessState.Doubtful => Tone.Warn,
        ReadinessState.Waits => Tone.Weak,
        ReadinessState.Ready => Tone.Good,
    };

    private string ReasonOf(ConditionRow condition) =>
        Words["Why" + condition.Why] is { ResourceNotFound: false } known ? known.Value : EngineSentence.InReadersLanguage(condition.Why ?? "");

    private static string Width(ConditionRow condition) =>
        (condition is { Watched: true, DistanceRatio: { } ratio } ? Math.Clamp(1m - (ratio / FarAway), 0m, 1m) * 100m : 0m).ToString("0", CultureInfo.InvariantCulture);
}

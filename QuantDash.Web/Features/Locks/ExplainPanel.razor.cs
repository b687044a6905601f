using System.Globalization;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Engine;
using QuantDash.Web.Live;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Locks;

/// <summary>Why a rule has fired or has not yet: each condition with its value, level and distance, or the reason why it is not watched.</summary>
public sealed partial class ExplainPanel
{
    private const decimal FarAway = 0.03m;

    private RuleRow? _rule;
    private DateTimeOffset? _evaluatedAt;

    [Parameter, EditorRequired] public Guid? RuleId { get; set; }

    protected override TimeSpan Pace => Paces.Quotes;

    protected override void OnParametersSet() => Rebuild();

    protected override void Build(EngineSnapshot snapshot, AccountView? account)
    {
        var view = snapshot.Rules.FirstOrDefault(r => r.Rule.Id == RuleId);
        _rule = view is null ? null : RuleRow.From(view, snapshot);
        _evaluatedAt = view?.LastEvaluatedAt;
    }

    private string ReasonOf(ConditionRow condition) =>
        Words["Why" + condition.Why] is { ResourceNotFound: false } known ? known.Value : condition.Why ?? "";

    private static string Width(ConditionRow condition) =>
        (condition is { Watched: true, DistanceRatio: { } ratio } ? Math.Clamp(1m - (ratio / FarAway), 0m, 1m) * 100m : 0m).ToString("0", CultureInfo.InvariantCulture);
}

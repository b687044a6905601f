using System.Globalization;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Hosting;
using QuantDash.Core.Strategies;
using QuantDash.Web.Ui.Strategies;

namespace QuantDash.Web.Features.Strategies;

/// <summary>How a strategy is set up; what was not given stands at its default.</summary>
public sealed partial class StrategyFacts
{
    private IReadOnlyList<(string Name, string Text)> _parameters = [];

    [Parameter, EditorRequired] public required StrategyInstance Instance { get; set; }
    [Parameter, EditorRequired] public required string Account { get; set; }
    [Inject] public required IStrategyControls Controls { get; init; }

    protected override void OnParametersSet() => _parameters = Controls.Definitions.FirstOrDefault(definition => definition.Name == Instance.Definition) is { } definition
        ? [.. definition.Parameters.Select(parameter => (Names.LabelOf(definition, parameter), ValueOf(parameter)))]
        : [.. Instance.Parameters.Select(given => (given.Key, given.Value))];

    private string ValueOf(StrategyParameter parameter)
    {
        var value = Instance.Parameters.TryGetValue(parameter.Name, out var given) ? given : parameter.DefaultText;
        return parameter.Kind == ParameterKind.Choice ? Names.ChoiceOf(value) : $"{value} {Names.UnitOf(parameter)}".TrimEnd();
    }

    private string HoursOf(StrategySchedule schedule) =>
        schedule.Hours == StrategyHours.Between ? string.Create(CultureInfo.InvariantCulture, $"{schedule.From:HH:mm} – {schedule.To:HH:mm}") : Text["Hours" + schedule.Hours];
}

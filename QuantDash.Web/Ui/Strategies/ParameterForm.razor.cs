using System.Text;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Strategies;

namespace QuantDash.Web.Ui.Strategies;

/// <summary>A field for each declared parameter of a strategy. It holds texts: what is wrong with them only <see cref="StrategyDefinition.Bind"/> says.</summary>
public sealed partial class ParameterForm
{
    private const string SwitchedOn = "true";
    private const string SwitchedOff = "false";

    [Parameter, EditorRequired] public required StrategyDefinition Definition { get; set; }

    /// <summary>What is written so far, by parameter; what is not in it stands at its default. Changed in place.</summary>
    [Parameter, EditorRequired] public required IDictionary<string, string> Values { get; set; }

    /// <summary>What is wrong, as a sentence by parameter.</summary>
    [Parameter] public IReadOnlyDictionary<string, string> Errors { get; set; } = new Dictionary<string, string>();

    /// <summary>Tells two forms on one page apart.</summary>
    [Parameter] public string Prefix { get; set; } = "parameter";

    /// <summary>Those that have no field here.</summary>
    [Parameter] public IReadOnlyCollection<string> Except { get; set; } = [];
    [Parameter] public bool Disabled { get; set; }
    [Parameter] public EventCallback OnChange { get; set; }

    private string IdOf(StrategyParameter parameter) => $"{Prefix}-{parameter.Name}";

    private string TextOf(StrategyParameter parameter) => Values.TryGetValue(parameter.Name, out var text) ? text : parameter.DefaultText;

    private string LabelOf(StrategyParameter parameter)
    {
        var unit = Text.UnitOf(parameter);
        return unit.Length == 0 ? Text.LabelOf(Definition, parameter) : $"{Text.LabelOf(Definition, parameter)} ({unit})";
    }

    private string? ErrorOf(StrategyParameter parameter) => Errors.GetValueOrDefault(parameter.Name);

    private string Invalid(StrategyParameter parameter) => ErrorOf(parameter) is null ? "false" : "true";

    private Task SetAsync(StrategyParameter parameter, string? text)
    {
        var plain = (text ?? "").Trim();
        Values[parameter.Name] = parameter.Kind is ParameterKind.Integer or ParameterKind.Decimal ? Digits(plain) : plain;
        return OnChange.InvokeAsync();
    }

    /// <summary>As people type numbers: full-width digits and thousands separators are read too.</summary>
    private static string Digits(string text) => text.Normalize(NormalizationForm.FormKC).Replace(",", "", StringComparison.Ordinal);
}

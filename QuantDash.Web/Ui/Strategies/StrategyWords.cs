using System.Globalization;
using Microsoft.Extensions.Localization;
using QuantDash.Core.Strategies;

namespace QuantDash.Web.Ui.Strategies;

/// <summary>A strategy and its parameters in the reader's language; as declared where nobody has translated them.</summary>
public static class StrategyWords
{
    public static string TitleOf(this IStringLocalizer<StrategyText> text, string strategy) => text.Find($"{strategy}") ?? strategy;

    public static string AboutOf(this IStringLocalizer<StrategyText> text, StrategyDefinition definition) => Own(text, definition, ".about") ?? definition.Description;

    public static string LabelOf(this IStringLocalizer<StrategyText> text, StrategyDefinition definition, StrategyParameter parameter) => Own(text, definition, $".{parameter.Name}") ?? parameter.Name;

    public static string HelpOf(this IStringLocalizer<StrategyText> text, StrategyDefinition definition, StrategyParameter parameter) => Own(text, definition, $".{parameter.Name}.help") ?? parameter.Help;

    public static string UnitOf(this IStringLocalizer<StrategyText> text, StrategyParameter parameter) => parameter.Unit is { } unit ? text.Find($"unit.{unit}") ?? unit : "";

    public static string ChoiceOf(this IStringLocalizer<StrategyText> text, string choice) => text.Find($"choice.{choice}") ?? choice;

    /// <summary>Range and step of a number; empty for what can only be chosen.</summary>
    public static string AllowedOf(this IStringLocalizer<StrategyText> text, StrategyParameter parameter) => parameter switch
    {
        IntegerParameter number => Range(text, number.From, number.To, number.Step == 1 ? null : number.Step),
        DecimalParameter number => Range(text, number.From, number.To, number.Step),
        _ => "",
    };

    private static string Range(IStringLocalizer<StrategyText> text, decimal from, decimal to, decimal? step) =>
        step is { } by ? text["range.step", Write(from), Write(to), Write(by)] : text["range", Write(from), Write(to)];

    private static string Write(decimal number) => number.ToString("#,0.##########", CultureInfo.CurrentCulture);

    /// <summary>A strategy's own word first, then the word all built-in ones share; null for what is not built in.</summary>
    private static string? Own(IStringLocalizer<StrategyText> text, StrategyDefinition definition, string key) =>
        BuiltInStrategies.Find(definition.Name) == definition ? text.Find(definition.Name + key) ?? text.Find("shared" + key) : null;

    private static string? Find(this IStringLocalizer<StrategyText> text, string key) => text[key] is { ResourceNotFound: false } found ? found.Value : null;
}

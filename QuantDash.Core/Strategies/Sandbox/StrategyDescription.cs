using System.Globalization;

namespace QuantDash.Core.Strategies.Sandbox;

/// <summary>A strategy as the process that holds it describes it.</summary>
public sealed record StrategyDescription(string Name, string Description, IReadOnlyList<StrategyParameter> Parameters)
{
    internal static StrategyDescription Of(StrategyDefinition definition) => new(definition.Name, definition.Description, definition.Parameters);

    internal void Write(MessageWriter message)
    {
        message.Text(Name);
        message.Text(Description);
        message.Whole(Parameters.Count);
        foreach (var parameter in Parameters) ParameterWire.Write(message, parameter);
    }

    internal static StrategyDescription Read(MessageReader message) =>
        new(message.Text(), message.Text(), [.. Enumerable.Range(0, message.Count()).Select(_ => ParameterWire.Read(message))]);
}

/// <summary>Declared parameters on their way from a process.</summary>
internal static class ParameterWire
{
    public static void Write(MessageWriter message, StrategyParameter parameter)
    {
        message.Byte((byte)parameter.Kind);
        message.Text(parameter.Name);
        message.Text(parameter.Help);
        message.TextOrNone(parameter.Unit);
        switch (parameter)
        {
            case IntegerParameter whole:
                message.Whole(whole.From);
                message.Whole(whole.To);
                message.Whole(whole.Standard);
                message.Whole(whole.Step);
                break;
            case DecimalParameter exact:
                message.Exact(exact.From);
                message.Exact(exact.To);
                message.Exact(exact.Standard);
                message.TextOrNone(exact.Step?.ToString(CultureInfo.InvariantCulture));
                break;
            case SwitchParameter choice:
                message.Flag(choice.Standard);
                break;
            case ChoiceParameter words:
                message.Whole(words.Choices.Count);
                foreach (var word in words.Choices) message.Text(word);
                message.Text(words.Standard);
                break;
        }
    }

    public static StrategyParameter Read(MessageReader message)
    {
        var kind = message.Choice<ParameterKind>();
        var (name, help, unit) = (message.Text(), message.Text(), message.TextOrNone());
        return kind switch
        {
            ParameterKind.Integer => new IntegerParameter(name, message.Whole(), message.Whole(), message.Whole(), help) { Unit = unit, Step = Math.Max(1, message.Whole()) },
            ParameterKind.Decimal => new DecimalParameter(name, message.Exact(), message.Exact(), message.Exact(), help) { Unit = unit, Step = Step(message.TextOrNone()) },
            ParameterKind.Switch => new SwitchParameter(name, message.Flag(), help) { Unit = unit },
            _ => new ChoiceParameter(name, [.. Enumerable.Range(0, message.Count()).Select(_ => message.Text())], message.Text(), help) { Unit = unit },
        };
    }

    private static decimal? Step(string? text) =>
        text is null ? null : decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var step) && step > 0m ? step : throw new FormatException("A step cannot be read.");
}

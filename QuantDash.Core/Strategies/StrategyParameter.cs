using System.Globalization;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Strategies;

/// <summary>What a parameter holds.</summary>
public enum ParameterKind { Integer, Decimal, Switch, Choice }

/// <summary>One declared parameter of a strategy: what may stand in it, and what it means.</summary>
public abstract record StrategyParameter
{
    private protected StrategyParameter(string name, string help) => (Name, Help) = (name, help);

    /// <summary>snake_case, as written in <c>name=value</c>.</summary>
    public string Name { get; }

    /// <summary>One sentence for whoever fills in the form.</summary>
    public string Help { get; }

    public abstract ParameterKind Kind { get; }

    /// <summary>Such as bars, lots; null where it is a plain number or word.</summary>
    public string? Unit { get; init; }

    /// <summary>The default, written as it would be given.</summary>
    public abstract string DefaultText { get; }

    /// <summary>What is allowed, in words: <c>1 to 500, step 1</c>.</summary>
    public abstract string Allowed { get; }

    internal abstract object Default { get; }

    /// <summary>The value a text means; null and a problem when it means none.</summary>
    internal abstract object? Read(string text, out Problem? problem);

    private protected Problem Refusal(string code, string text) => new(Name, code, text, Allowed);
}

/// <summary>A parameter whose value is of one type: what a strategy asks <see cref="ParameterValues"/> for.</summary>
public abstract record StrategyParameter<T> : StrategyParameter where T : notnull
{
    private protected StrategyParameter(string name, T standard, string help) : base(name, help) => Standard = standard;

    /// <summary>The default.</summary>
    public T Standard { get; }

    internal sealed override object Default => Standard;
}

/// <summary>A whole number within a range.</summary>
public sealed record IntegerParameter(string Name, int From, int To, int Standard, string Help) : StrategyParameter<int>(Name, Standard, Help)
{
    public int Step { get; init; } = 1;

    public override ParameterKind Kind => ParameterKind.Integer;
    public override string DefaultText => Standard.ToString(CultureInfo.InvariantCulture);
    public override string Allowed => string.Create(CultureInfo.InvariantCulture, $"{From} to {To}{(Step == 1 ? "" : $", step {Step}")}");

    internal override object? Read(string text, out Problem? problem)
    {
        problem = null;
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)) problem = Refusal("parameter_not_whole", text);
        else if (value < From || value > To) problem = Refusal("parameter_out_of_range", text);
        else if ((value - From) % Step != 0) problem = Refusal("parameter_off_step", text);
        return problem is null ? value : null;
    }
}

/// <summary>An exact number within a range; <see cref="Step"/> null: any.</summary>
public sealed record DecimalParameter(string Name, decimal From, decimal To, decimal Standard, string Help) : StrategyParameter<decimal>(Name, Standard, Help)
{
    public decimal? Step { get; init; }

    public override ParameterKind Kind => ParameterKind.Decimal;
    public override string DefaultText => Standard.ToString(CultureInfo.InvariantCulture);
    public override string Allowed => string.Create(CultureInfo.InvariantCulture, $"{From} to {To}{(Step is { } step ? $", step {step}" : "")}");

    internal override object? Read(string text, out Problem? problem)
    {
        problem = null;
        const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        if (!decimal.TryParse(text, Plain, CultureInfo.InvariantCulture, out var value)) problem = Refusal("parameter_not_a_number", text);
        else if (value < From || value > To) problem = Refusal("parameter_out_of_range", text);
        else if (Step is { } step && (value - From) % step != 0m) problem = Refusal("parameter_off_step", text);
        return problem is null ? value : null;
    }
}

/// <summary>Yes or no, written <c>true</c> or <c>false</c>.</summary>
public sealed record SwitchParameter(string Name, bool Standard, string Help) : StrategyParameter<bool>(Name, Standard, Help)
{
    public override ParameterKind Kind => ParameterKind.Switch;
    public override string DefaultText => Standard ? "true" : "false";
    public override string Allowed => "true, false";

    internal override object? Read(string text, out Problem? problem)
    {
        problem = text is "true" or "false" ? null : Refusal("parameter_no_choice", text);
        return problem is null ? text == "true" : null;
    }
}

/// <summary>One of a few words.</summary>
public sealed record ChoiceParameter(string Name, IReadOnlyList<string> Choices, string Standard, string Help) : StrategyParameter<string>(Name, Standard, Help)
{
    public override ParameterKind Kind => ParameterKind.Choice;
    public override string DefaultText => Standard;
    public override string Allowed => string.Join(", ", Choices);

    internal override object? Read(string text, out Problem? problem)
    {
        problem = Choices.Contains(text, StringComparer.Ordinal) ? null : Refusal("parameter_no_choice", text);
        return problem is null ? text : null;
    }
}

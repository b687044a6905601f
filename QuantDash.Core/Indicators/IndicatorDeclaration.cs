namespace QuantDash.Core.Indicators;

/// <summary>What there is to know about an indicator before one is made: for strategies that declare theirs, for forms and for the command line.</summary>
/// <param name="Name">snake_case, as in the API and on the command line.</param>
/// <param name="Inputs">The numbers of a bar that it needs. One series: those of its usual source.</param>
/// <param name="Outputs">Names of its outputs, in the order of <see cref="Indicator.Read"/>.</param>
/// <param name="Make">Throws <see cref="RefusedValueException"/> when parameters contradict one another.</param>
public sealed record IndicatorDeclaration(
    string Name,
    IReadOnlyList<BarField> Inputs,
    IReadOnlyList<IndicatorParameter> Parameters,
    IReadOnlyList<string> Outputs,
    Func<IndicatorSettings, Indicator> Make)
{
    private static readonly Dictionary<string, double> Nothing = [];

    /// <summary>Whether it follows one series and may be told which.</summary>
    public bool TakesSource { get; init; }

    /// <summary>Key of the sentence that explains it.</summary>
    public string HelpKey => $"Indicator.{Name}";

    /// <summary>One of a single series: of closes unless told otherwise.</summary>
    public static IndicatorDeclaration OfSeries(string name, IReadOnlyList<IndicatorParameter> parameters, IReadOnlyList<string> outputs, Func<IndicatorSettings, SeriesIndicator> make)
        => new(name, [BarField.Close], parameters, outputs, make) { TakesSource = true };

    /// <summary>A fresh one.</summary>
    /// <exception cref="RefusedValueException">A parameter is outside its range or contradicts another.</exception>
    /// <exception cref="ArgumentException">There is no such parameter.</exception>
    public Indicator Create(IReadOnlyDictionary<string, double>? given = null, BarField source = BarField.Close) => Make(new(Parameters, given ?? Nothing, source));

    /// <summary>A fresh one over a whole series.</summary>
    /// <inheritdoc cref="Indicator.Over" path="/returns"/>
    public double?[][] Over(ReadOnlySpan<IndicatorBar> bars, IReadOnlyDictionary<string, double>? given = null, BarField source = BarField.Close)
        => Create(given, source).Over(bars, Outputs.Count);
}

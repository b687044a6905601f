using System.Globalization;

namespace QuantDash.Core.Indicators;

/// <summary>A parameter of an indicator: what it may be and what it is when nobody says.</summary>
/// <param name="Name">snake_case, as in the API, in CSV and on the command line.</param>
/// <param name="Least">The smallest value allowed.</param>
/// <param name="Most">The largest value allowed.</param>
public sealed record IndicatorParameter(string Name, double Default, double Least, double Most, bool IsWhole)
{
    /// <summary>Longest window: a year of minutes of a futures market is 80,000; a longer one belongs into longer bars.</summary>
    public const int LongestWindow = 100_000;

    /// <summary>Key of the sentence that explains it.</summary>
    public string HelpKey => $"Parameter.{Name}";

    /// <summary>"a whole number from 2 to 100000".</summary>
    public string Allowed => string.Create(CultureInfo.InvariantCulture, $"{(IsWhole ? "a whole number" : "a number")} from {Least:R} to {Most:R}");

    public static IndicatorParameter Bars(string name, int usual, int least = 1) => new(name, usual, least, LongestWindow, IsWhole: true);
    public static IndicatorParameter Period(int usual, int least = 1) => Bars("period", usual, least);
    public static IndicatorParameter Number(string name, double usual, double least, double most) => new(name, usual, least, most, IsWhole: false);
    public static IndicatorParameter Choice(string name, int usual, int last) => new(name, usual, 0, last, IsWhole: true);

    public bool Allows(double value) => value >= Least && value <= Most && (!IsWhole || value == Math.Floor(value));

    /// <exception cref="RefusedValueException">It is outside the range; names the parameter, the value and the range.</exception>
    public double Checked(double value) => Allows(value) ? value : throw new RefusedValueException(Name, value, Allowed);

    /// <inheritdoc cref="Checked(double)"/>
    public int Checked(int value) => (int)Checked((double)value);
}

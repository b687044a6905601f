using System.Globalization;

namespace QuantDash.Core.Indicators;

/// <summary>A number that an indicator does not take, a parameter or a part of a bar: which, what it was, and what is allowed.</summary>
/// <param name="name">Of the parameter or of the bar's field.</param>
public sealed class RefusedValueException(string name, double value, string allowed) : ArgumentOutOfRangeException(name, value, Sentence(name, value, allowed))
{
    /// <summary>"period is 0; allowed: a whole number from 1 to 100000."</summary>
    public string Reason { get; } = Sentence(name, value, allowed);

    private static string Sentence(string name, double value, string allowed) => string.Create(CultureInfo.InvariantCulture, $"{name} is {value:R}; allowed: {allowed}.");
}

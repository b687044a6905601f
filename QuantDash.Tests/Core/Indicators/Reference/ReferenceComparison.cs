using QuantDash.Core.Indicators;

namespace QuantDash.Tests.Core.Indicators.Reference;

/// <summary>What came out of holding one of our outputs against a column of the reference.</summary>
/// <param name="Largest">Relative difference; with printed decimals, the difference in units of half the last one.</param>
/// <param name="Wrong">Rows of which only one of the two has a value.</param>
internal sealed record ReferenceComparison(ReferenceCase Case, string Column, string Output, int Rows, double Largest, int At, IReadOnlyList<int> Wrong)
{
    /// <summary>Relative; the sheets are the arithmetic of a spreadsheet.</summary>
    public const double Allowed = 1e-9;

    public bool Agrees => Rows > 0 && Wrong.Count == 0 && Largest <= (Case.Decimals is null ? Allowed : 1 + Allowed);

    public static IEnumerable<ReferenceComparison> Of(ReferenceCase reference)
    {
        var declaration = IndicatorCatalogue.Find(reference.Indicator)!;
        var settings = reference.Settings.Split(' ').FirstOrDefault(word => word.StartsWith("source=", StringComparison.Ordinal));
        var source = settings is null ? BarField.Close : Enum.Parse<BarField>(settings["source=".Length..], ignoreCase: true);
        var numbers = IndicatorSamples.Settings(string.Join(' ', reference.Settings.Split(' ').Where(word => word != settings)));
        var bars = ReferenceFile.Bars(reference);
        foreach (var (column, output) in reference.Pairs)
        {
            var expected = ReferenceFile.Column(reference, column);
            var from = reference.Quotes == Quotes.OfSheetFromFirstResult ? Array.FindIndex(expected, value => value is not null) : 0;
            var place = declaration.Outputs.ToList().IndexOf(output);
            var indicator = declaration.Create(numbers, source);
            var actual = IndicatorTable.Shifted(indicator.Over(bars.AsSpan(from), declaration.Outputs.Count)[place], indicator.ShiftOf(place));
            yield return Compare(reference, column, output, expected[from..], actual);
        }
    }

    private static ReferenceComparison Compare(ReferenceCase reference, string column, string output, double?[] expected, double?[] actual)
    {
        var (rows, largest, at) = (0, 0.0, 0);
        var wrong = new List<int>();
        for (var i = 0; i < actual.Length; i++)
        {
            switch (expected[i], actual[i])
            {
                case ({ } theirs, { } ours):
                    rows++;
                    var difference = reference.Decimals is { } decimals ? Math.Abs(ours - theirs) / (0.5 * Math.Pow(10, -decimals)) : Relative(theirs, ours);
                    if (difference > largest) (largest, at) = (difference, i);
                    break;
                case ({ }, null) when reference.Gaps != Gaps.InOurs:
                case (null, { }) when reference.Gaps != Gaps.InReference:
                    wrong.Add(i);
                    break;
            }
        }
        return new(reference, column, output, rows, largest, at, wrong);
    }

    private static double Relative(double theirs, double ours) => theirs == ours ? 0 : Math.Abs(ours - theirs) / Math.Abs(theirs);
}

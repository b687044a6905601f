using System.Globalization;
using System.Text;
using QuantDash.Core.Indicators;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Core.Indicators.Reference;

/// <summary>docs/indicators.md: written from the catalogue and from what was compared, never by hand.</summary>
internal static class ReferenceNote
{
    public static string Path => System.IO.Path.Combine(TestData.RepositoryRoot, "docs", "indicators.md");

    public static int Write()
    {
        if (Requirements.Data is { } missing)
        {
            Console.Error.WriteLine(missing);
            return 2;
        }

        File.WriteAllText(Path, Text());
        return 0;
    }

    public static string Text()
    {
        var text = new StringBuilder();
        text.Append("""
            # Indicators

            Written by `dotnet run -c Release --project QuantDash.Tests -- indicators`; do not edit. Decisions: [ADR 0027](adr/0027-indicators.md).

            ## Catalogue

            Warm-up: bars until every output can have a value, with the usual parameters. Those marked "of one series" follow closes unless `source` says otherwise.

            | indicator | parameters (usual; allowed) | outputs | needs | warm-up |
            | --- | --- | --- | --- | --: |

            """);
        foreach (var one in IndicatorCatalogue.All)
        {
            var needs = string.Join(", ", one.Inputs.Select(field => field.ToString().ToLowerInvariant())) + (one.TakesSource ? " (of one series)" : "");
            text.Append(CultureInfo.InvariantCulture, $"| {one.Name} | {string.Join("<br>", one.Parameters.Select(Parameter))} | {string.Join(", ", one.Outputs)} | {needs} | {one.Create().WarmUpBars} |\n");
        }

        text.Append("""

            ## Held against the reference

            Files of `reference/skender` in the test data; relative difference of each row, the largest of which is shown. Sheets printed with few decimals: in units of half the last decimal, at most 1.
            `realised_volatility` has no file there: the vectors of its sources are tests (`DomainVectorTests`).

            | indicator | settings | file | column | rows | largest relative difference |
            | --- | --- | --- | --- | --: | --: |

            """);
        foreach (var one in ReferenceCases.All.SelectMany(ReferenceComparison.Of))
        {
            var difference = one.Case.Decimals is { } decimals ? $"{one.Largest:0.00} of {decimals} decimals" : one.Largest == 0 ? "0" : one.Largest.ToString("0.0E+0", CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"| {one.Case.Indicator} | {one.Case.Settings} | {System.IO.Path.GetFileName(one.Case.File)} | {one.Column} | {one.Rows} | {difference} |\n");
        }
        return text.ToString();
    }

    /// <summary>All but the last column of each row: the last digits of a difference are the machine's.</summary>
    public static string Skeleton(string text) => string.Join('\n', text.Split('\n').Select(line => line.StartsWith('|') ? line[..line.TrimEnd('|', ' ').LastIndexOf('|')] : line));

    private static string Parameter(IndicatorParameter one) => string.Create(CultureInfo.InvariantCulture, $"{one.Name} {one.Default:R}; {one.Allowed}");
}

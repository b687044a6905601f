namespace QuantDash.Tests.Core.Indicators.Reference;

/// <summary>One file of reference data and the columns of it that an indicator must give.</summary>
/// <param name="Settings">"period=14 smooth=3"; what is not there is as usual. <c>source=open</c> chooses another number of the bars.</param>
/// <param name="Columns">"the file's column &gt; our output", separated by commas; <c>b#2</c> is the second column of that name.</param>
internal sealed record ReferenceCase(string Indicator, string Settings, string File, string Columns)
{
    public Quotes Quotes { get; init; }
    public Gaps Gaps { get; init; }

    /// <summary>Decimals that the file prints; null: all there are.</summary>
    public int? Decimals { get; init; }
    public bool IsSheet => File.EndsWith(".csv.gz", StringComparison.Ordinal);

    public IEnumerable<(string Column, string Output)> Pairs => Columns.Split(',').Select(pair => pair.Split('>')).Select(pair => (pair[0].Trim(), pair[1].Trim()));

    public override string ToString() => $"{Indicator} {Settings} {System.IO.Path.GetFileName(File)}";
}

internal enum Quotes
{
    /// <summary>The daily series that nearly all files are about.</summary>
    Daily,

    /// <summary>Those in the sheet itself.</summary>
    OfSheet,

    /// <summary>Those in the sheet itself, from the first row on that has a result.</summary>
    OfSheetFromFirstResult,
}

internal enum Gaps
{
    /// <summary>A value in every row where the file has one, and in no other.</summary>
    Same,

    /// <summary>The file shows fewer.</summary>
    InReference,

    /// <summary>The file shows what we do not tell, such as a first trend that is a guess.</summary>
    InOurs,
}

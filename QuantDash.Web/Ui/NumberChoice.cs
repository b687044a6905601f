using System.Globalization;

namespace QuantDash.Web.Ui;

/// <summary>How digits are grouped: 12,345,678, or 1234,5678 as 万 and 亿 are read, or not at all.</summary>
public enum NumberGrouping { Thousands, TenThousands, None }

/// <summary>How one reader wants numbers written.</summary>
/// <param name="WholeMoney">Headline amounts without cents.</param>
/// <param name="BigUnits">Headline amounts in 万 and 亿, on Chinese pages.</param>
public sealed record NumberChoice(NumberGrouping Grouping, bool WholeMoney, bool BigUnits)
{
    public const string Cookie = "qd-numbers";

    public static NumberChoice Usual { get; } = new(NumberGrouping.Thousands, false, false);

    /// <summary>Of the reader for whom this code draws.</summary>
    public static NumberChoice Current => (CultureInfo.CurrentCulture as ReaderCulture)?.Choice ?? Usual;

    /// <summary>What a cookie says; the usual for what cannot be read.</summary>
    public static NumberChoice Parse(string? text) => text?.Split('.') is [var grouping, var money, var units] && Enum.TryParse<NumberGrouping>(grouping, out var known) && Enum.IsDefined(known)
        ? new(known, money == "whole", units == "big")
        : Usual;

    public override string ToString() => $"{Grouping}.{(WholeMoney ? "whole" : "cents")}.{(BigUnits ? "big" : "plain")}";
}

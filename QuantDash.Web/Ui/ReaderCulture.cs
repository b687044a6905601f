using System.Globalization;

namespace QuantDash.Web.Ui;

/// <summary>A culture with one reader's own numbers. It goes wherever a page's culture goes, so that what draws needs not be told.</summary>
public sealed class ReaderCulture : CultureInfo
{
    public ReaderCulture(string name, NumberChoice choice)
        : base(name, useUserOverride: false)
    {
        Choice = choice;
        NumberFormat.NumberGroupSizes = choice.Grouping switch
        {
            NumberGrouping.Thousands => [3],
            NumberGrouping.TenThousands => [4],
            _ => [0],
        };
    }

    public NumberChoice Choice { get; }
}

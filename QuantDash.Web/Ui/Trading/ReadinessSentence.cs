using Microsoft.Extensions.Localization;
using QuantDash.Core.Engine;

namespace QuantDash.Web.Ui.Trading;

/// <summary>What stands in a rule's way, with its numbers, in the reader's language.</summary>
public static class ReadinessSentence
{
    public static string Of(ReadinessFinding finding, IStringLocalizer<TradingText> words) =>
        finding.Why is not { } why ? "" : Counted.Singular(words["Ready." + why, [.. finding.Values.Select(value => (object)Figures.Volume(decimal.Round(value, 4)))]]);
}

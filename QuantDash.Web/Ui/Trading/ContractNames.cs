using System.Globalization;
using QuantDash.Core.Instruments;

namespace QuantDash.Web.Ui.Trading;

public static class ContractNames
{
    /// <summary>The product's name in the reader's language.</summary>
    public static string NameOf(this Contract contract) =>
        CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh" ? contract.Product.ChineseName : contract.Product.EnglishName;

    public static int Places(this Contract contract) => Figures.PlacesOf(contract.PriceTick);
}

using System.Globalization;

namespace QuantDash.Web.Ui;

/// <summary>Numbers as text in the reader's culture. Unknown is "—", never zero.</summary>
public static class Figures
{
    public const string Unknown = "—";
    private const decimal TenThousand = 10_000m;
    private const decimal HundredMillion = 100_000_000m;

    public static string Number(decimal? value, int places, bool signed = false)
    {
        if (value is not { } number) return Unknown;
        var rounded = decimal.Round(number, places, MidpointRounding.AwayFromZero);
        var text = rounded.ToString("N" + places.ToString(CultureInfo.InvariantCulture), CultureInfo.CurrentCulture);
        return signed && rounded > 0 ? "+" + text : text;
    }

    /// <summary>A headline amount of money as the reader wants such written: see <see cref="NumberChoice"/>.</summary>
    public static string Money(decimal? value, bool signed = false)
    {
        var choice = NumberChoice.Current;
        if (!choice.BigUnits || !Display.IsChinese || value is not { } amount || Math.Abs(amount) < TenThousand) return Number(value, choice.WholeMoney ? 0 : 2, signed);
        return Math.Abs(amount) < HundredMillion ? Number(amount / TenThousand, 2, signed) + "万" : Number(amount / HundredMillion, 2, signed) + "亿";
    }

    /// <summary>A fraction as percent: 0.0123 is 1.23 %.</summary>
    public static string Percent(decimal? ratio, int places = 2, bool signed = false) =>
        ratio is { } fraction ? Number(fraction * 100m, places, signed) + "%" : Unknown;

    /// <summary>Lots or units, without trailing zeros.</summary>
    public static string Volume(decimal? volume) =>
        volume is { } number ? number.ToString("#,0.########", CultureInfo.CurrentCulture) : Unknown;

    /// <summary>How many decimals prices on this tick size need: 0.2 → 1, 5 → 0, 0.02 → 2.</summary>
    public static int PlacesOf(decimal priceTick)
    {
        var places = 0;
        while (places < 10 && decimal.Truncate(priceTick) != priceTick)
        {
            priceTick *= 10m;
            places++;
        }

        return places;
    }
}

using System.Text;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Markets.History.Import;
using QuantDash.Web.Api;

namespace QuantDash.Web.Features.Data;

/// <summary>Bars as text that <c>history import --format csv</c> reads back.</summary>
internal static class BarCsv
{
    private static readonly string[] Header = ["timestamp", "open", "high", "low", "close", "volume"];

    /// <summary>Written beside its place first: an interrupted export leaves what was there before.</summary>
    public static void Write(string path, BarColumns bars, BarStamp stamp)
    {
        var temporary = path + ".new";
        using (var file = new StreamWriter(temporary, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)))
        {
            file.Write(CsvText.Line(Header));
            foreach (var bar in bars.Bars()) file.Write(Line(bar, bars.PriceTick, stamp));
        }

        File.Move(temporary, path, overwrite: true);
    }

    private static string Line(in HistoryBar bar, decimal priceTick, BarStamp stamp) => CsvText.Line(
    [
        DateTimeOffset.FromUnixTimeMilliseconds(stamp == BarStamp.Start ? bar.Start : bar.End),
        Price(bar.Open, priceTick), Price(bar.High, priceTick), Price(bar.Low, priceTick), Price(bar.Close, priceTick), bar.Volume,
    ]);

    /// <summary>Without zeros at the end.</summary>
    private static decimal Price(long ticks, decimal priceTick) => ticks * priceTick / 1.0000000000000000000000000000m;
}

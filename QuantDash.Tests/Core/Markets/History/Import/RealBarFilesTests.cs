using QuantDash.Core.Markets.History;
using QuantDash.Core.Markets.History.Import;
using QuantDash.Tests.Support;
using static QuantDash.Tests.Core.Markets.History.HistorySamples;

namespace QuantDash.Tests.Core.Markets.History.Import;

/// <summary>Files that others made, read where they lie: counts and values as their own README says.</summary>
public sealed class RealBarFilesTests
{
    private static readonly TimeZoneInfo NewYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");

    [DataFact]
    public void Import_OfIndexFutureMinutes_HasAll68145()
    {
        var bars = IndexFuture();

        bars.Count.ShouldBe(68_145);
        (bars[0].Start, bars[0].End).ShouldBe((At("2014-01-02T01:30:00"), At("2014-01-02T01:35:00")));
        (bars[0].Open, bars[0].High, bars[0].Low, bars[0].Close, bars[0].Volume).ShouldBe((11_711, 11_717, 11_696, 11_716, 10_226));
        bars.Ends.Span[^1].ShouldBe(At("2019-10-31T07:00:00"));
        var days = bars.TradingDays.ToArray().GroupBy(day => day).ToList();
        days.Count.ShouldBe(1421);
        days.Count(day => day.Count() == 48).ShouldBe(1419);
    }

    /// <summary>Thirteen of them were filled in between two others by whoever made the file: their prices lie on no tick of the venue.</summary>
    [DataFact]
    public void Import_OfBitcoinMinutes_HasAll45031_AndTellsThirteenThatLieOnNoTick()
    {
        var request = new BarImportRequest(Key("FTX.BTC-PERP", "1m"), 0.125m, null, BarFormats.Named(BarStamp.End), SkipBadLines: false);
        string[] lines = [.. Lines("crypto/BTC-PERP_1m_20211231_20220201.csv.gz")];

        var bars = Imported(request, lines).Bars.ShouldNotBeNull();
        var onTick = Imported(request with { PriceTick = 1 }, lines);

        bars.Count.ShouldBe(45_031);
        (bars[0].Start, bars[0].Open * bars.PriceTick).ShouldBe((At("2021-12-31T23:00:00"), 46_319m));
        (onTick.Bars, onTick.BadLineCount).ShouldBe((null, 13));
        onTick.BadLines.Select(line => line.Line).ShouldBe([244, 245, 246, 248, 249, 250, .. Enumerable.Range(17_524, 7)]);
        onTick.BadLines.ShouldAllBe(line => line.Problems.All(problem => problem.Code == "bar_off_tick"));
    }

    [DataTheory]
    [InlineData("us_equity/daily/spy.csv.gz", "1d", 5849)]
    [InlineData("us_equity/daily/aapl.csv.gz", "1d", 5849)]
    [InlineData("us_equity/hour/spy.csv.gz", "1h", 40_832)]
    public void Import_OfLeanStocks_ScalesPricesByTenThousand(string file, string timeframe, int count)
    {
        var key = Key("US.SPY", timeframe);
        var request = new BarImportRequest(key, 0.0001m, null, BarFormats.Lean(key.Timeframe, NewYork, BarFormats.LeanStockScale), SkipBadLines: false);

        var result = Imported(request, [.. Lines(file)]);

        var bars = result.Bars.ShouldNotBeNull(string.Join('\n', result.BadLines.Take(3).Select(line => $"{line.Line}: {line.Problems[0]}")));
        bars.Count.ShouldBe(count);
        // 97.31 and 13.63 dollars in 1998.
        (bars.Closes.Span[0] * bars.PriceTick).ShouldBeInRange(10m, 110m);
    }

    [DataTheory]
    [InlineData("us_equity/minute/aapl/20140609_trade.csv.gz", 834, "2014-06-09T08:00:00", 0.0001)]
    [InlineData("crypto/lean/cryptofuture_binance_minute_adausdt_20221213_trade.csv.gz", 1440, "2022-12-13T00:00:00", 0.0001)]
    [InlineData("crypto/lean/crypto_coinbase_minute_btcusd_20171217_trade.csv.gz", 1440, "2017-12-17T00:00:00", 0.01)]
    public void Import_OfLeanMinutes_TakesDayScaleAndZoneFromThePath(string file, int count, string first, double priceTick)
    {
        var path = LeanPath.Read(file);
        var key = Key("LEAN.X", "1m");
        var zone = TimeZoneInfo.FindSystemTimeZoneById(path.ZoneId.ShouldNotBeNull());
        var request = new BarImportRequest(key, (decimal)priceTick, null, BarFormats.Lean(key.Timeframe, zone, path.PriceScale.ShouldNotBeNull()), SkipBadLines: false);

        var result = Imported(request, path.Day.ShouldNotBeNull(), Lines(file));

        var bars = result.Bars.ShouldNotBeNull(string.Join('\n', result.BadLines.Take(3).Select(line => $"{line.Line}: {line.Problems[0]}")));
        (bars.Count, bars.Starts.Span[0]).ShouldBe((count, At(first)));
    }

    [DataFact]
    public void Import_OfLeanQuotes_IsRefusedByTheirColumns()
    {
        var key = Key("US.AAPL", "1m");
        var request = new BarImportRequest(key, 0.0001m, null, BarFormats.Lean(key.Timeframe, NewYork, BarFormats.LeanStockScale), SkipBadLines: false);

        var result = Imported(request, new(2014, 6, 9), Lines("us_equity/minute/aapl/20140609_quote.csv.gz"));

        LeanPath.Read("us_equity/minute/aapl/20140609_quote.csv.gz").IsTrade.ShouldBeFalse();
        (result.Bars, result.BadLineCount).ShouldBe((null, result.Lines));
        result.BadLines[0].Problems.ShouldHaveSingleItem().Code.ShouldBe("csv_columns");
    }

    internal static BarColumns IndexFuture()
    {
        var request = new BarImportRequest(Key("CFFEX.IF-MAIN", "5m"), 0.2m, IndexSessions, BarFormats.Wondertrader, SkipBadLines: false);
        var result = Imported(request, [.. Lines("cn_futures/CFFEX.IF.HOT_m5_2014_2019.csv.gz")]);
        return result.Bars ?? throw new InvalidDataException(string.Join('\n', result.BadLines.Take(3).Select(line => $"{line.Line}: {line.Problems[0]}")));
    }
}

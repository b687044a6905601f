using System.Globalization;
using QuantDash.Core.Backtesting;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Core.Backtesting;

/// <summary>Bars nobody here made up, with the contracts they are of.</summary>
internal static class RealBars
{
    /// <summary>CFFEX index future, 5 minutes, 2014 to 2019, main contract unadjusted: 68,145 bars. The catalog's own terms.</summary>
    public static (BacktestMarket Market, BacktestBars Bars) IndexFuture()
    {
        var product = ContractCatalog.FromReferenceData(TradingCalendar.FromReferenceData()).Products.Single(p => p is { Exchange: "CFFEX", Code: "IF" });
        var contract = new Contract { Symbol = Symbol.Create("CFFEX", "IF"), Product = product, PriceTick = 0.2m };
        return (BacktestMarket.Of(contract), Read("cn_futures/CFFEX.IF.HOT_m5_2014_2019.csv.gz", contract, Timeframe.Minutes(5), fields =>
        {
            var end = DateTime.ParseExact($"{fields[0]} {fields[1]}", "yyyy/M/d HH:mm:ss", CultureInfo.InvariantCulture);
            return (new DateTimeOffset(end, TimeSpan.FromHours(8)), DateOnly.FromDateTime(end), 2, 1m);
        }));
    }

    /// <summary>Bitcoin perpetual, 1 minute, 45,031 bars around January 2022.</summary>
    public static (BacktestMarket Market, BacktestBars Bars) Bitcoin()
    {
        var catalog = ContractCatalog.FromReferenceData(TradingCalendar.FromReferenceData());
        var contract = catalog.Find(Symbol.Create("BINANCE", "BTCUSDT"), new DateOnly(2022, 1, 1))!;
        return (BacktestMarket.Of(contract), Read("crypto/BTC-PERP_1m_20211231_20220201.csv.gz", contract, Timeframe.Minutes(1), fields =>
        {
            var end = DateTimeOffset.ParseExact(fields[0], "yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            return (end, DateOnly.FromDateTime(end.UtcDateTime.AddMilliseconds(-1)), 1, 1m);
        }));
    }

    /// <summary>SPY, daily, 5,848 bars since 1998, prices as traded.</summary>
    public static (BacktestMarket Market, BacktestBars Bars) Spy()
    {
        var market = BacktestSamples.Stock();
        return (market, Read("us_equity/daily/spy.csv.gz", market.Contract, Timeframe.Day, fields =>
        {
            var day = DateTime.ParseExact(fields[0], "yyyyMMdd HH:mm", CultureInfo.InvariantCulture);
            return (new DateTimeOffset(day, TimeSpan.Zero).AddDays(1), DateOnly.FromDateTime(day), 1, 10_000m);
        }, header: false));
    }

    /// <param name="timed">End, trading day, the first price column and what prices are divided by.</param>
    private static BacktestBars Read(string file, Contract contract, Timeframe timeframe, Func<string[], (DateTimeOffset End, DateOnly Day, int First, decimal By)> timed, bool header = true)
    {
        using var reader = TestData.Open(file);
        if (header) reader.ReadLine();
        var bars = new List<HistoryBar>();
        while (reader.ReadLine() is { } line)
        {
            var fields = line.Split(',');
            var (end, day, first, by) = timed(fields);
            long Ticks(int column) => (long)decimal.Round(decimal.Parse(fields[first + column], CultureInfo.InvariantCulture) / by / contract.PriceTick);
            bars.Add(new()
            {
                Start = (end - timeframe.Length).ToUnixTimeMilliseconds(),
                End = end.ToUnixTimeMilliseconds(),
                TradingDay = day.DayNumber,
                Open = Ticks(0),
                High = Ticks(1),
                Low = Ticks(2),
                Close = Ticks(3),
                Volume = double.Parse(fields[first + 4], CultureInfo.InvariantCulture),
            });
        }
        return BacktestBars.Of(BarColumns.Of(new(new("test"), contract.Symbol, timeframe), contract.PriceTick, bars));
    }
}

using System.Text.RegularExpressions;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets.History.Import;
using QuantDash.Core.Markets.History.Quality;
using QuantDash.Tests.Core.Markets.History.Import;
using QuantDash.Tests.Support;
using static QuantDash.Tests.Core.Markets.History.HistorySamples;

namespace QuantDash.Tests.Core.Markets.History.Quality;

public sealed partial class RealBarQualityTests
{
    /// <summary>With the exchanges' own holidays only two days are short: those on which the circuit breaker ended trading, 2016-01-04 and 2016-01-07.</summary>
    [DataFact]
    public void Check_OfIndexFutures2014To2019_FindsTheTwoCircuitBreakerDays()
    {
        var report = BarQuality.Check(RealBarFilesTests.IndexFuture(), IndexSessions, Holidays());

        report.Gaps.Select(gap => gap.TradingDay).Distinct().ShouldBe([new DateOnly(2016, 1, 4), new DateOnly(2016, 1, 7)]);
        report.Missing.ShouldBe(48 - 29 + 48 - 4);
        (report.Expected, report.OutsideSessions).ShouldBe((68_145 + report.Missing, 0));
    }

    [DataFact]
    public void Check_OfOneLostAfternoon_FindsIt()
    {
        var whole = RealBarFilesTests.IndexFuture();
        var (from, to) = (At("2019-03-15T05:00:00"), At("2019-03-15T07:00:00"));
        var holed = QuantDash.Core.Markets.History.BarColumns.Of(whole.Key, whole.PriceTick, [.. whole.Bars().Where(bar => bar.Start < from || bar.Start >= to)]);

        var report = BarQuality.Check(holed, IndexSessions, Holidays());

        var gap = report.Gaps.Single(gap => gap.TradingDay == new DateOnly(2019, 3, 15));
        (gap.From, gap.To, gap.MissingBars, gap.Kind).ShouldBe((from, to, 24, BarGapKind.WholeSession));
        report.Repairs.ShouldContain(repair => repair.From == gap.TradingDay && repair.To == gap.TradingDay && repair.MissingBars == 24);
    }

    /// <summary>Its README says that there is no gap in it.</summary>
    [DataFact]
    public void Check_OfBitcoinMinutes_FindsNoGap()
    {
        var request = new BarImportRequest(Key("FTX.BTC-PERP", "1m"), 0.125m, null, BarFormats.Named(BarStamp.End), SkipBadLines: false);
        var bars = Imported(request, [.. Lines("crypto/BTC-PERP_1m_20211231_20220201.csv.gz")]).Bars.ShouldNotBeNull();

        var report = BarQuality.Check(bars, IndexSessions with { UtcOffset = TimeSpan.Zero, Always = true }, KnownCalendar);

        (report.Bars, report.Expected, report.Missing).ShouldBe((45_031, 45_031, 0));
    }

    private static TradingCalendar Holidays()
    {
        using var file = TestData.Open("cn_futures/meta/holidays.json.gz");
        var closed = EightDigits().Matches(file.ReadToEnd()).Select(match => DateOnly.ParseExact(match.Value, "yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture)).ToList();
        return new(new(2008, 1, 1), new(2022, 12, 31), closed, []);
    }

    [GeneratedRegex(@"\d{8}")]
    private static partial Regex EightDigits();
}

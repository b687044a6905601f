using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Core.Markets;

public sealed class BarBuilderTests
{
    private static readonly DateOnly Monday = new(2021, 1, 4);
    private static readonly Contract If = MarketSamples.Contract("CFFEX.IF2101", 0.2m, 300m);

    private readonly BarBuilder _minutes = new(If, 1);

    [Fact]
    public void Add_AuctionPrint_OpensTheFirstBarWithItsVolume()
    {
        _minutes.Add(At("09:29:00.400", 26150, 240), Window("09:29:00")).ShouldBeNull();
        _minutes.Add(At("09:30:00.400", 26154, 311), Window("09:30:00")).ShouldBeNull();
        _minutes.Add(At("09:30:59.900", 26100, 400), Window("09:30:59")).ShouldBeNull();

        var bar = _minutes.Add(At("09:31:00.000", 26200, 410), Window("09:31:00"));

        bar.ShouldBe(new Bar
        {
            Start = Beijing("09:30:00"), End = Beijing("09:31:00"), TradingDay = Monday, Open = new Price(5230), High = new Price(5230.8m), Low = new Price(5220),
            Close = new Price(5220), Volume = 400, OpenInterest = 0,
        });
        _minutes.Current!.Volume.ShouldBe(10);
    }

    [Fact]
    public void Add_JoinedDuringTheDay_DoesNotCountWhatCameBefore()
    {
        _minutes.Add(At("10:00:10", 26150, 5000), Window("10:00:10"));
        _minutes.Add(At("10:00:20", 26150, 5007), Window("10:00:20"));
        _minutes.Current!.Volume.ShouldBe(7);
    }

    [Fact]
    public void Add_PrintsAfterTheBell_BelongToTheLastBarAndSettlementToNone()
    {
        _minutes.Add(At("14:59:30", 26150, 100), Window("14:59:30"));
        _minutes.Add(At("15:00:00.400", 26160, 103), Window("15:00:00")).ShouldBeNull();
        _minutes.Add(At("15:30:48.900", 26300, 103), Window("15:30:48")).ShouldBeNull();

        var bar = _minutes.CompleteAt(Beijing("15:00:05"))!;

        (bar.Close, bar.Volume, bar.End).ShouldBe((new Price(5232), 3m, Beijing("15:00:00")));
        _minutes.Current.ShouldBeNull();
    }

    [Fact]
    public void Add_LongBars_EndWithTheSession()
    {
        var quarters = new BarBuilder(If, 45);
        quarters.Add(At("11:20:00", 26150, 100), Window("11:20:00"));
        quarters.Current!.End.ShouldBe(Beijing("11:30:00"));
        quarters.Add(At("13:00:10", 26150, 105), Window("13:00:10"))!.End.ShouldBe(Beijing("11:30:00"));
        quarters.Current!.Start.ShouldBe(Beijing("13:00:00"));
    }

    [Fact]
    public void Add_NewTradingDay_CountsVolumeFromZero()
    {
        _minutes.Add(At("14:59:30", 26150, 90_000), Window("14:59:30"));
        var tuesday = new SessionWindow(SessionPhase.Continuous, Monday.AddDays(1), Beijing("09:30:00").AddDays(1), Beijing("11:30:00").AddDays(1));

        var monday = _minutes.Add(At("09:30:10", 26150, 55) with { OccurredAt = Beijing("09:30:10").AddDays(1) }, tuesday);

        monday!.TradingDay.ShouldBe(Monday);
        (_minutes.Current!.Volume, _minutes.Current.TradingDay).ShouldBe((55m, Monday.AddDays(1)));
    }

    [DataFact]
    public void Add_RealDay_Gives240MinutesAndTheWholeVolume()
    {
        using var reader = TestData.Open("cn_futures/CFFEX.IF.HOT_tick_20210104.csv.gz");
        var csv = TickCsv.ForHeader(reader.ReadLine()!).Value;
        var gate = new TickGate(SourceClock.Ticks, TickGateOptions.Default);
        var bars = new List<Bar>();
        while (reader.ReadLine() is { } line)
        {
            csv.Read(line, out var row).ShouldBeEmpty();
            gate.Examine(row.Tick, If, row.Tick.Timestamp, out var tick).ShouldBe(new GateResult(GateVerdict.Accepted));
            if (_minutes.Add(tick, Window(tick.OccurredAt)) is { } bar) bars.Add(bar);
        }

        bars.Add(_minutes.CompleteAt(Beijing("15:00:05"))!);

        bars.Count.ShouldBe(240);
        bars.Sum(b => b.Volume).ShouldBe(84_288);
        // The day's high on the exchange was 5298.8: traded between two snapshots, so no tick shows it as its last price.
        (bars[0].Open, bars.Max(b => b.High), bars.Min(b => b.Low), bars[^1].Close).ShouldBe((new Price(5230), new Price(5298), new Price(5192), new Price(5260)));
        (bars[0].End, bars[119].End, bars[120].End, bars[^1].End).ShouldBe((Beijing("09:31:00"), Beijing("11:30:00"), Beijing("13:01:00"), Beijing("15:00:00")));
    }

    private static Tick At(string time, long ticks, decimal volume) =>
        new() { OccurredAt = Beijing(time), ReceivedAt = Beijing(time), LastTicks = ticks, DayVolume = volume };

    private static SessionWindow Window(string time) => Window(Beijing(time));

    private static SessionWindow Window(DateTimeOffset at)
    {
        (SessionPhase Phase, string From, string To)[] day =
        [
            (SessionPhase.Closed, "00:00:00", "09:25:00"), (SessionPhase.Auction, "09:25:00", "09:30:00"), (SessionPhase.Continuous, "09:30:00", "11:30:00"),
            (SessionPhase.Closed, "11:30:00", "13:00:00"), (SessionPhase.Continuous, "13:00:00", "15:00:00"), (SessionPhase.Closed, "15:00:00", "23:59:59"),
        ];
        return day.Select(w => new SessionWindow(w.Phase, Monday, Beijing(w.From), Beijing(w.To))).First(w => w.Covers(at));
    }

    private static DateTimeOffset Beijing(string time) => new DateTimeOffset(Monday, TimeOnly.Parse(time, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.FromHours(8)).ToUniversalTime();
}

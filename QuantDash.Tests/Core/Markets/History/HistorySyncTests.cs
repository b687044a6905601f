using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;
using QuantDash.Web.Adapters.Storage.Bars;
using QuantDash.Web.Adapters.Storage.Ticks;
using static QuantDash.Tests.Core.Markets.History.HistorySamples;

namespace QuantDash.Tests.Core.Markets.History;

/// <summary>Bars out of the tick store into the bar store.</summary>
public sealed class HistorySyncTests : IDisposable
{
    private static readonly Contract Ta = ContractCatalog.FromReferenceData(KnownCalendar).Find(Symbol.ParseCanonical("CZCE.TA2505"), new(2025, 3, 3))!;
    private static readonly BarKey FiveMinutes = Key("CZCE.TA2505", "5m", "live");
    private static readonly DateOnly Monday = new(2025, 3, 3);

    private readonly TempFolder _folder = new();
    private readonly TickArchive _ticks;
    private readonly BarArchive _bars;
    private readonly FakeTimeProvider _clock = new(new(2025, 3, 3, 1, 8, 0, TimeSpan.Zero));

    public HistorySyncTests() => (_ticks, _bars) = (new(_folder.File("ticks")), new(_folder.File("bars")));

    public void Dispose()
    {
        _ticks.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Sync_OfRecordedTicks_StoresTheBarsALiveChartShows()
    {
        _clock.AdvanceTo(new(2025, 3, 3, 12, 0, 0, TimeSpan.Zero));
        Record((2025, 2, 28, 13, 0), 2500, 2510);
        Record((2025, 3, 3, 1, 0), 2505, 2495, 2500);

        var result = await SyncAsync(FiveMinutes);

        result.Value.Added.ShouldBe(2);
        var bars = _bars.Read(FiveMinutes)!;
        bars.Starts.ToArray().ShouldBe([At("2025-02-28T13:00:00"), At("2025-03-03T01:00:00")]);
        (bars[1].Open, bars[1].High, bars[1].Low, bars[1].Close).ShouldBe((2505, 2505, 2495, 2500));
        bars.TradingDays.ToArray().ShouldAllBe(day => day == Monday.DayNumber);
    }

    [Fact]
    public async Task Sync_OfDays_AddsTheNightBefore()
    {
        _clock.AdvanceTo(new(2025, 3, 3, 12, 0, 0, TimeSpan.Zero));
        Record((2025, 2, 28, 13, 0), 2500, 2510);
        Record((2025, 3, 3, 1, 0), 2505, 2495, 2500);

        (await SyncAsync(Key("CZCE.TA2505", "1d", "live"))).Value.Added.ShouldBe(1);

        var day = _bars.Read(Key("CZCE.TA2505", "1d", "live"))![0];
        (day.Open, day.High, day.Low, day.Close).ShouldBe((2500, 2510, 2495, 2500));
        (day.Start, day.End).ShouldBe((At("2025-02-28T13:00:00"), At("2025-03-03T07:00:00")));
    }

    [Fact]
    public async Task Sync_WhileABarGrows_LeavesItOut()
    {
        Record((2025, 3, 3, 1, 0), 2505);
        Record((2025, 3, 3, 1, 6), 2506);

        await SyncAsync(FiveMinutes);
        _bars.Read(FiveMinutes)!.Count.ShouldBe(1);
        _clock.AdvanceTo(new(2025, 3, 3, 1, 11, 0, TimeSpan.Zero));

        (await SyncAsync(FiveMinutes)).Value.ShouldBe(new(Added: 1, Replaced: 0, Unchanged: 1, KeptInside: 0, Removed: 0));
        (await SyncAsync(FiveMinutes)).Value.Unchanged.ShouldBe(2);
    }

    /// <summary>A day's first bar holds what was traded since the day began, which only the day before can tell: going on must not forget it.</summary>
    [Fact]
    public async Task Sync_ThatGoesOn_MakesTheSameVolumes()
    {
        _clock.AdvanceTo(new(2025, 3, 4, 12, 0, 0, TimeSpan.Zero));
        Append(Monday, new(2025, 3, 3, 1, 0, 0, TimeSpan.Zero), (2500, 10), (2501, 20));
        Append(Monday.AddDays(1), new(2025, 3, 4, 1, 0, 0, TimeSpan.Zero), (2510, 7), (2511, 9));
        await SyncAsync(FiveMinutes);

        var again = await SyncAsync(FiveMinutes);

        again.Value.ShouldBe(new(Added: 0, Replaced: 0, Unchanged: 1, KeptInside: 0, Removed: 0));
        _bars.Read(FiveMinutes)!.Volumes.ToArray().ShouldBe([10, 9]);
    }

    [Fact]
    public async Task Sync_WithoutTicks_SaysSo() => (await SyncAsync(FiveMinutes)).Problems.ShouldHaveSingleItem().Code.ShouldBe("bars_no_history");

    private Task<Outcome<BarMergeResult>> SyncAsync(BarKey key) =>
        new HistorySync([new RecordedTicksHistory(_ticks, KnownCalendar, _clock)], _bars).RunAsync(key, Ta, null, DateOnly.MaxValue);

    /// <summary>Ticks a second apart, UTC.</summary>
    private void Record((int Year, int Month, int Day, int Hour, int Minute) start, params long[] prices)
    {
        var at = new DateTimeOffset(start.Year, start.Month, start.Day, start.Hour, start.Minute, 0, TimeSpan.Zero);
        Append(Monday, at, [.. prices.Select(price => (price, 0m))]);
    }

    private void Append(DateOnly day, DateTimeOffset at, params (long Price, decimal DayVolume)[] ticks) => _ticks.Append(
        FiveMinutes.Source, Ta, day,
        [.. ticks.Select((tick, i) => new Tick { OccurredAt = at.AddSeconds(i), ReceivedAt = at.AddSeconds(i), LastTicks = tick.Price, DayVolume = tick.DayVolume })]);
}

using QuantDash.Core.Engine;
using QuantDash.Core.Hosting;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;
using QuantDash.Tests.Core.Engine;
using QuantDash.Tests.Support;
using QuantDash.Web.Adapters.Storage.Bars;
using QuantDash.Web.Adapters.Storage.Ticks;
using QuantDash.Web.Live;
using QuantDash.Web.Trading;

namespace QuantDash.Tests.Web.Trading;

/// <summary>Bars for a warm-up: the last ones, of a source that the strategy may hear.</summary>
public sealed class StoredStrategyHistoryTests : IDisposable
{
    private static readonly Symbol Pta = Symbol.Create("CZCE", "TA2701");
    private static readonly Timeframe FiveMinutes = Timeframe.Minutes(5);
    private readonly TempFolder _folder = new();
    private readonly BarArchive _bars;
    private readonly TickArchive _ticks;
    private readonly EngineHarness _desk = new();
    private readonly StrategyInstance _instance;

    public StoredStrategyHistoryTests()
    {
        (_bars, _ticks) = (new(_folder.File("bars")), new(_folder.File("ticks")));
        var account = _desk.Account(clock: SourceClock.Wall);
        _desk.Engine.CreateSource(new() { Name = new("other"), Clock = SourceClock.Wall, CreatedAt = EngineHarness.Wall }).Problems.ShouldBeEmpty();
        _instance = _desk.Engine.Strategies.Create(new() { Name = "one", Definition = "sma-cross", AccountId = account, Symbols = [Pta], BarLength = FiveMinutes, Parameters = new Dictionary<string, string> { ["fast"] = "2", ["slow"] = "4" } }, EngineHarness.Wall).Value;
        _desk.Commit();
    }

    public void Dispose()
    {
        _ticks.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Load_TakesTheLastBars_OfAnImportedSeries_AndNoneThatHaveNotEnded()
    {
        Store("csv", 10, 2000);
        var past = await LoadAsync();
        past.Bars.Select(bar => bar.Bar.CloseTicks).ShouldBe([2005L, 2006L, 2007L, 2008L], "as many as the slow average needs; the last one has not ended yet");
        past.Bars[0].TradingDay.ShouldBe(new(2026, 11, 20));
    }

    [Fact]
    public async Task Load_NeverTakesAFeedThatTheAccountDoesNotHear_AndPrefersItsOwn()
    {
        Store("other", 10, 9000);
        (await LoadAsync()).Bars.ShouldBeEmpty();
        Store("csv", 10, 2000);
        Store("test", 10, 3000);
        (await LoadAsync()).Bars[0].Bar.CloseTicks.ShouldBe(3005);
    }

    private Task<StrategyWarmUp> LoadAsync()
    {
        var calendar = EngineHarness.Calendar;
        var history = new StoredStrategyHistory(_bars, _ticks, calendar, ContractCatalog.FromReferenceData(calendar), new LiveState<EngineSnapshot>(_desk.Snapshot), new FakeTimeProvider(EngineHarness.Wall));
        return history.LoadAsync(_instance, BuiltInStrategies.Find("sma-cross")!, EngineHarness.Wall, CancellationToken.None);
    }

    /// <summary>Bars of five minutes; the last begins just before now.</summary>
    private void Store(string source, int count, long price)
    {
        var last = EngineHarness.Wall.AddMinutes(-1).ToUnixTimeMilliseconds();
        var bars = Enumerable.Range(0, count).Select(i => new HistoryBar
        {
            Start = last - ((count - 1 - i) * 300_000L), End = last - ((count - 2 - i) * 300_000L), TradingDay = new DateOnly(2026, 11, 20).DayNumber, Open = price, High = price + 20, Low = price - 1, Close = price + i, Volume = 5,
        }).ToList();
        _bars.Merge(BarColumns.Of(new(new(source), Pta, FiveMinutes), 2m, bars), BarMerge.Overlapping).Problems.ShouldBeEmpty();
    }
}

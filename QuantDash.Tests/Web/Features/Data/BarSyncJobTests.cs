using QuantDash.Core.Instruments;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;
using QuantDash.Web.Adapters.Storage.Bars;
using QuantDash.Web.Adapters.Storage.Ticks;
using QuantDash.Web.Features.Data;
using QuantDash.Web.Jobs;

namespace QuantDash.Tests.Web.Features.Data;

public sealed class BarSyncJobTests : IDisposable
{
    private static readonly TradingCalendar Calendar = TradingCalendar.FromReferenceData();
    private static readonly ContractCatalog Catalog = ContractCatalog.FromReferenceData(Calendar);
    private static readonly DateOnly Monday = new(2025, 3, 3);
    private static readonly DateTimeOffset Morning = new(2025, 3, 3, 1, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();
    private readonly TickArchive _ticks;
    private readonly BarArchive _bars;

    private readonly CsvFolder _folderOfFiles;

    public BarSyncJobTests() => (_ticks, _bars, _folderOfFiles) = (new(_folder.File("ticks")), new(_folder.File("bars")), new(_folder.File("csv"), Calendar, new FakeTimeProvider(Morning.AddHours(9))));

    public void Dispose()
    {
        _ticks.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task RecordedTicks_OfEverySourceAndSymbol_BecomeMinuteBars()
    {
        Record("live", "CZCE.TA2505", 0, 65);
        Record("live", "DCE.v2505", 0);
        Record("other", "CZCE.TA2505", 0);

        var report = await RunAsync();

        report.ToString().ShouldStartWith("built_bars|4|3");
        _bars.Catalogue().Series.Select(stored => (stored.Key.ToString(), stored.Count)).ShouldBe(
            [("live CZCE.TA2505 1m", 2), ("live DCE.v2505 1m", 1), ("other CZCE.TA2505 1m", 1)]);
    }

    [Fact]
    public async Task NothingNew_IsIdle()
    {
        (await RunAsync()).Idle.ShouldBeTrue();
        Record("live", "CZCE.TA2505", 0);
        (await RunAsync()).Idle.ShouldBeFalse();
        (await RunAsync()).Idle.ShouldBeTrue();
    }

    [Fact]
    public async Task RecordedTicks_BecomeDailyBarsToo_OnceTheDayIsOver()
    {
        Record("live", "CZCE.TA2505", 0, 65);

        (await RunAsync(days: true)).ToString().ShouldBe("built_day_bars|1|1");

        _bars.Catalogue().Series.ShouldHaveSingleItem().Key.ToString().ShouldBe("live CZCE.TA2505 1d");
    }

    [Fact]
    public async Task FilesOfTheFolder_AreTakenOver_AndOnlyWhatIsNewTheNextTime()
    {
        const string Header = "timestamp,open,high,low,close,volume\n";
        Lay("1m", "CZCE.TA2505.csv", Header + "2025-03-03T01:00:00Z,5000,5004,4998,5002,120\n");
        Lay("1d", "CZCE.TA2505.csv", Header + "2025-02-27,5000,5100,4900,5050,9000\n");

        (await RunAsync()).ToString().ShouldBe("built_bars|1|1");
        (await RunAsync(days: true)).ToString().ShouldBe("built_day_bars|1|1");
        Lay("1m", "CZCE.TA2505.csv", Header + "2025-03-03T01:00:00Z,5000,5004,4998,5002,120\n2025-03-03T01:01:00Z,5002,5006,5002,5004,80\n");
        (await RunAsync()).ToString().ShouldBe("built_bars|1|1");
        (await RunAsync()).Idle.ShouldBeTrue();

        _bars.Catalogue().Series.Select(stored => (stored.Key.ToString(), stored.Count)).ShouldBe([("csv CZCE.TA2505 1d", 1), ("csv CZCE.TA2505 1m", 2)], ignoreOrder: true);
    }

    [Fact]
    public async Task BadFile_FailsTheRun_NamesFileAndLine_AndTheOthersAreTakenOver()
    {
        const string Header = "timestamp,open,high,low,close,volume\n";
        Lay("1m", "CZCE.TA2505.csv", Header + "2025-03-03T01:00:00Z,5000,5004,4998,high,120\n");
        Lay("1m", "DCE.v2505.csv", Header + "2025-03-03T01:00:00Z,5000,5004,4998,5002,120\n");

        var error = await Should.ThrowAsync<InvalidDataException>(() => RunAsync());

        error.Message.ShouldStartWith("csv CZCE.TA2505 1m: CZCE.TA2505.csv line 2 close: ");
        _bars.Catalogue().Series.ShouldHaveSingleItem().Key.ToString().ShouldBe("csv DCE.v2505 1m");
    }

    private void Lay(string timeframe, string name, string text)
    {
        Directory.CreateDirectory(Path.Combine(_folder.File("csv"), timeframe));
        File.WriteAllText(Path.Combine(_folder.File("csv"), timeframe, name), text);
    }

    private void Record(string source, string symbol, params int[] seconds)
    {
        var contract = Catalog.Find(Symbol.ParseCanonical(symbol), Monday)!;
        _ticks.Append(new(source), contract, Monday, [.. seconds.Select(second => new QuantDash.Core.Markets.Tick { LastTicks = 2500, OccurredAt = Morning.AddSeconds(second), ReceivedAt = Morning.AddSeconds(second) })]);
    }

    private Task<JobReport> RunAsync(bool days = false)
    {
        var history = new RecordedTicksHistory(_ticks, Calendar, new FakeTimeProvider(Morning.AddHours(9)));
        var series = new SeriesSync(new HistorySync([_folderOfFiles, history], _bars), Catalog);
        IBackgroundJob job = days ? new DayBarSyncJob(series) : new BarSyncJob(series);
        return job.RunAsync(new(new(job.Plan.Name), 0, false, (_, _) => { }), default);
    }
}

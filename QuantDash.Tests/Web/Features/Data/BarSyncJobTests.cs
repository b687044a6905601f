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

    public BarSyncJobTests() => (_ticks, _bars) = (new(_folder.File("ticks")), new(_folder.File("bars")));

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

    private void Record(string source, string symbol, params int[] seconds)
    {
        var contract = Catalog.Find(Symbol.ParseCanonical(symbol), Monday)!;
        _ticks.Append(new(source), contract, Monday, [.. seconds.Select(second => new QuantDash.Core.Markets.Tick { LastTicks = 2500, OccurredAt = Morning.AddSeconds(second), ReceivedAt = Morning.AddSeconds(second) })]);
    }

    private Task<JobReport> RunAsync()
    {
        var history = new RecordedTicksHistory(_ticks, Calendar, new FakeTimeProvider(Morning.AddHours(9)));
        return new BarSyncJob(_ticks, new HistorySync(history, _bars), Catalog).RunAsync(new(new("bar-sync"), 0, false, (_, _) => { }), default);
    }
}

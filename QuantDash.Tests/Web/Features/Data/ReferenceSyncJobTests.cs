using Microsoft.Extensions.Options;
using QuantDash.Core.Audit;
using QuantDash.Core.Instruments;
using QuantDash.Tests.Support;
using QuantDash.Web.Adapters.Storage.Bars;
using QuantDash.Web.Configuration;
using QuantDash.Web.Features.Data;
using QuantDash.Web.Jobs;

namespace QuantDash.Tests.Web.Features.Data;

/// <summary>Shares and trading days out of the folder of files, and the end of the calendar.</summary>
public sealed class ReferenceSyncJobTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(new(2026, 11, 20, 4, 0, 0, TimeSpan.Zero));
    private readonly CsvFolder _files;
    private readonly MarketCalendars _calendars = MarketCalendars.FromReferenceData();
    private readonly ReferenceImporter _importer;
    private readonly ReferenceDesk _desk;
    private readonly Notes _notes = new();

    public ReferenceSyncJobTests()
    {
        Directory.CreateDirectory(_folder.File("csv"));
        _files = new(_folder.File("csv"), _calendars.China, _clock);
        var options = Options.Create(new QuantDashOptions { DataDirectory = _folder.Path });
        _importer = new(ContractCatalog.FromReferenceData(_calendars), _calendars, options);
        _desk = new(_importer, new(new SampleHistory(SampleSnapshot.Now)), _calendars, options, _notes, _clock);
    }

    public void Dispose()
    {
        _desk.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Calendars_OfTheFolder_AreTakenOverOnce()
    {
        Lay("calendar_cn.csv", "date,kind\n2027-01-01,known_from\n2027-03-31,known_to\n2027-02-08,closed\n");

        (await RunAsync(Calendars())).ToString().ShouldBe("synced_calendar|CN");
        (await RunAsync(Calendars())).Idle.ShouldBeTrue();

        _importer.Next.China.KnownTo.ShouldBe(new(2027, 3, 31));
        _notes.Actions.ShouldBe(["calendar.imported"]);
    }

    [Fact]
    public async Task Calendar_ThatCannotBeRead_FailsTheRun_AndTheOtherMarketsAreTakenOver()
    {
        Lay("calendar_cn.csv", "date,kind\n2027-01-01,known_from\n2027-03-31,known_to\n2027-02-08,shut\n");
        Lay("calendar_hk.csv", "date,kind\n2028-01-01,known_from\n2028-01-31,known_to\n2028-01-26,closed\n");

        (await Should.ThrowAsync<InvalidDataException>(() => RunAsync(Calendars()))).Message.ShouldStartWith("CN, line 4 kind: Must be one of known_from");

        _importer.Next.HongKong.KnownTo.ShouldBe(new(2028, 1, 31));
        _importer.Next.China.KnownTo.ShouldBe(new(2026, 12, 31));
    }

    /// <summary>The folder is read every day: what it says of a settled day must not slip in.</summary>
    [Fact]
    public async Task Calendar_ThatContradictsASettledDay_IsRefused()
    {
        Lay("calendar_cn.csv", "date,kind\n2026-11-19,known_from\n2026-11-19,known_to\n2026-11-19,closed\n");

        (await Should.ThrowAsync<InvalidDataException>(() => RunAsync(Calendars()))).Message.ShouldContain("2026-11-18 is settled already");

        _importer.Next.China.DifferencesTo(_calendars.China).ShouldBeEmpty();
    }

    [Fact]
    public async Task Shares_OfTheFolder_AreTakenOverOnce_AndAWrongListFailsTheRun()
    {
        const string Header = "exchange,code,name_zh,name_en,lot,price_tick\n";
        (await RunAsync(Shares())).Idle.ShouldBeTrue();
        Lay("stocks.csv", Header + "HK,01211,比亚迪,BYD,100,0.01\nHK,00700,腾讯控股,Tencent,200,0.01\n");
        (await RunAsync(Shares())).ToString().ShouldBe("synced_stocks|2");
        (await RunAsync(Shares())).Idle.ShouldBeTrue();
        Lay("stocks.csv", Header + "HK,12,x,X,100,0.01\n");

        (await Should.ThrowAsync<InvalidDataException>(() => RunAsync(Shares()))).Message.ShouldContain("stocks.csv row 2, column code: five digits");

        _notes.Actions.ShouldBe(["stocks.imported"]);
    }

    [Fact]
    public async Task Watch_FailsFromThirtyDaysBeforeTheEnd_AndSaysWhatToDo()
    {
        _clock.AdvanceTo(new(2026, 12, 1, 4, 0, 0, TimeSpan.Zero));
        (await RunAsync(Watch())).ToString().ShouldBe("calendar_known|2026-12-31");
        _clock.AdvanceTo(new(2026, 12, 2, 4, 0, 0, TimeSpan.Zero));
        (await Should.ThrowAsync<InvalidOperationException>(() => RunAsync(Watch()))).Message.ShouldStartWith("The trading calendar of CN ends on 2026-12-31: import the next one");
        Lay("calendar_cn.csv", "date,kind\n2027-01-01,known_from\n2027-03-31,known_to\n2027-02-08,closed\n");
        await RunAsync(Calendars());

        (await Should.ThrowAsync<InvalidOperationException>(() => RunAsync(Watch()))).Message.ShouldBe("The trading calendar of CN ends on 2026-12-31. One to 2027-03-31 is imported: restart QuantDash to trade by it.");
    }

    /// <summary>Settled by the calendar in force, the day could not be taken back any more.</summary>
    [Fact]
    public async Task Watch_FailsWhileAnImportedCalendarChangesADaySoon_AndWaitsForARestart()
    {
        Lay("calendar_cn.csv", "date,kind\n2026-12-21,known_from\n2026-12-21,known_to\n2026-12-21,closed\n");
        await RunAsync(Calendars());
        (await Should.ThrowAsync<InvalidOperationException>(() => RunAsync(Watch()))).Message.ShouldBe("A calendar of CN is imported in which 2026-12-18 is another day: restart QuantDash before it.");
    }

    private CalendarSyncJob Calendars() => new([_files], _desk);

    private InstrumentSyncJob Shares() => new([_files], _desk);

    private CalendarWatchJob Watch() => new(_calendars, _importer, _clock);

    private void Lay(string name, string text) => File.WriteAllText(Path.Combine(_folder.File("csv"), name), text);

    private static Task<JobReport> RunAsync(IBackgroundJob job) => job.RunAsync(new(new(job.Plan.Name), 0, false, (_, _) => { }), default);

    private sealed class Notes : IAuditLog
    {
        public List<string> Actions { get; } = [];

        public Task RecordAsync(AuditNote note, CancellationToken stop = default)
        {
            Actions.Add(note.Action);
            return Task.CompletedTask;
        }
    }
}

using QuantDash.Core.Instruments;
using QuantDash.Tests.Support;
using QuantDash.Web.Trading;

namespace QuantDash.Tests.Web.Trading;

/// <summary>Imported trading days in the data directory, and what the books say to them.</summary>
public sealed class CalendarFilesTests : IDisposable
{
    private static readonly MarketCalendars BuiltIn = MarketCalendars.FromReferenceData();
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Sheets_AddedOneAfterTheOther_AreTheCalendarOfTheNextStart_AndTheLatestCounts()
    {
        Add("2027-01-01,known_from\n2027-03-31,known_to\n2027-02-08,closed\n");
        Add("2027-02-08,known_from\n2027-02-09,known_to\n2027-02-09,closed\n");

        var calendar = CalendarFiles.AddedTo(BuiltIn, _folder.Path).China;

        calendar.KnownTo.ShouldBe(new(2027, 3, 31));
        (calendar.IsTradingDay(new(2027, 2, 8)), calendar.IsTradingDay(new(2027, 2, 9))).ShouldBe((true, false));
        CalendarFiles.AddedTo(BuiltIn, _folder.Path).HongKong.DifferencesTo(BuiltIn.HongKong).ShouldBeEmpty();
    }

    [Fact]
    public void Sheet_ThatSaysAllOfAnotherAnew_TakesItsPlace()
    {
        Add("2027-01-01,known_from\n2027-03-31,known_to\n2027-02-08,closed\n");
        Add("2027-01-01,known_from\n2027-06-30,known_to\n2027-02-09,closed\n");

        CalendarFiles.Read(_folder.Path, CalendarMarket.China).ShouldHaveSingleItem().To.ShouldBe(new(2027, 6, 30));
        Directory.EnumerateFiles(Path.Combine(_folder.Path, "instruments")).Select(Path.GetFileName).ShouldBe(["calendar_cn.csv"]);
    }

    /// <summary>An edit by hand went wrong: nobody may trade by half of it.</summary>
    [Fact]
    public void File_ThatCannotBeRead_StopsTheStart_AndNamesItsLine()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "instruments"));
        File.WriteAllText(CalendarFiles.PathIn(_folder.Path, CalendarMarket.China), "date,kind\n2027-01-01,known_from\n2027-03-31,known_to\n2027-02-08,shut\n");

        Should.Throw<FormatException>(() => CalendarFiles.AddedTo(BuiltIn, _folder.Path)).Message.ShouldContain("calendar_cn.csv, line 4 kind: Must be one of known_from, known_to, closed, no_night, was shut.");
    }

    /// <summary>The account of the sample, in yuan, has settled 2026-11-18 and 2026-11-19.</summary>
    [Theory]
    [InlineData(CalendarMarket.China, "2026-11-19", "2026-11-18")] // its night before belongs to the 19th
    [InlineData(CalendarMarket.China, "2026-11-18", "2026-11-17")]
    [InlineData(CalendarMarket.China, "2026-11-20", null)] // the 19th's evening belongs to the 20th, which is not settled
    [InlineData(CalendarMarket.China, "2026-11-17", null)]
    [InlineData(CalendarMarket.HongKong, "2026-11-19", null)] // no account in its dollars
    public async Task Day_ThatAnAccountHasSettled_IsFound(CalendarMarket market, string closed, string? found)
    {
        var next = BuiltIn.With(CalendarSheetReader.Read(market, $"date,kind\n{closed},known_from\n{closed},known_to\n{closed},closed\n").Value).Value;

        var first = await new BookedDays(new SampleHistory(SampleSnapshot.Now)).FirstAgainstAsync(market, BuiltIn.Of(market), next.Of(market));

        first?.ToString("o").ShouldBe(found);
        (first is null).ShouldBe(found is null);
    }

    /// <summary>A day on which nobody traded belongs to the one that follows: opened afterwards, the books would have passed over it.</summary>
    [Fact]
    public async Task Day_ThatWasClosed_AndIsOpenedAfterTheNextOneWasSettled_IsFound()
    {
        var former = BuiltIn.China.With(CalendarSheetReader.Read(CalendarMarket.China, "date,kind\n2026-11-17,known_from\n2026-11-17,known_to\n2026-11-17,closed\n").Value.Single());

        (await new BookedDays(new SampleHistory(SampleSnapshot.Now)).FirstAgainstAsync(CalendarMarket.China, former, BuiltIn.China)).ShouldBe(new DateOnly(2026, 11, 16), "the night before it would be its night");
    }

    private void Add(string rows) => CalendarFiles.Add(_folder.Path, CalendarMarket.China, CalendarSheetReader.Read(CalendarMarket.China, "date,kind\n" + rows).Value);
}

using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using static QuantDash.Tests.Core.Instruments.InstrumentSamples;

namespace QuantDash.Tests.Core.Engine;

/// <summary>A Thursday that the reference data takes for a trading day, and an imported calendar closes.</summary>
public sealed class ImportedHolidayTests
{
    private const string Thursday = "date,kind\n2026-12-10,known_from\n2026-12-10,known_to\n2026-12-10,closed\n";
    private static readonly Symbol Pta = Symbol.Create("CZCE", "TA2701");

    [Theory]
    [InlineData("2026-12-09 21:30", false, "2026-12-10", SessionPhase.Continuous)] // the night before it
    [InlineData("2026-12-09 21:30", true, "2026-12-11", SessionPhase.Closed)]
    [InlineData("2026-12-10 10:00", false, "2026-12-10", SessionPhase.Continuous)]
    [InlineData("2026-12-10 10:00", true, "2026-12-11", SessionPhase.Closed)]
    [InlineData("2026-12-10 21:30", false, "2026-12-11", SessionPhase.Continuous)] // the night after it
    [InlineData("2026-12-10 21:30", true, "2026-12-11", SessionPhase.Closed)]
    [InlineData("2026-12-11 10:00", true, "2026-12-11", SessionPhase.Continuous)]
    public void Tick_CountsForTheDayOfTheCalendar_AndOnlyOpenHoursFireARule(string at, bool imported, string tradingDay, SessionPhase phase)
    {
        var harness = Harness(imported);
        var account = harness.Account();
        harness.Hold(account, Pta, longVolume: 10, longPrice: 5500);
        Tick(harness, Beijing("2026-12-09 14:59"), 5500);
        harness.Rule(EngineHarness.NewRule(account, Pta, Side.Long, TriggerType.Price) with { TriggerPrice = new Price(5520) });

        Tick(harness, Beijing(at), 5530);

        var quote = harness.Snapshot.Quotes.ShouldHaveSingleItem();
        (quote.TradingDay, quote.Phase).ShouldBe((Day(tradingDay), phase));
        harness.Snapshot.Triggers.Count.ShouldBe(phase == SessionPhase.Continuous ? 1 : 0);
    }

    private static EngineHarness Harness(bool imported)
    {
        var calendars = MarketCalendars.FromReferenceData();
        if (imported) calendars = calendars.With(CalendarSheetReader.Read(CalendarMarket.China, Thursday).Value).Value;
        return new(catalog: ContractCatalog.FromReferenceData(calendars), calendar: calendars.China);
    }

    private static void Tick(EngineHarness harness, DateTimeOffset at, double last) => harness.Tick(Pta, at, last, last - 2, last + 2);
}

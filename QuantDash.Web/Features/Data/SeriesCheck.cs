using QuantDash.Core.Instruments;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Markets.History.Quality;

namespace QuantDash.Web.Features.Data;

/// <summary>Looks stored series through, with what the catalog knows of their sessions.</summary>
public sealed class SeriesCheck(IBarArchive archive, ContractCatalog catalog, TradingCalendar calendar, TimeProvider clock)
{
    private static SessionPlan Always { get; } = new() { UtcOffset = TimeSpan.Zero, DayAuctions = [], Day = [], NightAuctions = [], Night = [], Always = true };

    /// <summary>Reads the whole series. Null when it is gone; throws <see cref="InvalidDataException"/> when its file is damaged.</summary>
    /// <param name="aroundTheClock">The symbol trades every minute of every day, whatever the catalog knows.</param>
    /// <param name="holidays">Weekdays without trading in the years they span; null: those of the reference data.</param>
    public BarQualityReport? Run(BarKey key, IReadOnlyList<DateOnly>? holidays = null, bool aroundTheClock = false)
    {
        if (archive.Read(key) is not { } bars) return null;
        var terms = SeriesTerms.Find(catalog, key.Symbol.ToString(), DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
        var sessions = aroundTheClock ? Always : terms.Succeeded ? terms.Value.Sessions : null;
        return BarQuality.Check(bars, sessions, holidays is null ? calendar : CalendarOf(holidays));
    }

    /// <summary>Every day from the first holiday's year to the last one's is known by such a list; evenings are not.</summary>
    private static TradingCalendar CalendarOf(IReadOnlyList<DateOnly> holidays) => new(new(holidays.Min().Year, 1, 1), new(holidays.Max().Year, 12, 31), holidays, []);
}

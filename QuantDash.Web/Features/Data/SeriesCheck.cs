using QuantDash.Core.Instruments;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Markets.History.Quality;

namespace QuantDash.Web.Features.Data;

/// <summary>Looks stored series through, with what the catalog knows of their sessions.</summary>
public sealed class SeriesCheck(IBarArchive archive, ContractCatalog catalog, TradingCalendar calendar, TimeProvider clock)
{
    /// <summary>Reads the whole series. Null when it is gone; throws <see cref="InvalidDataException"/> when its file is damaged.</summary>
    /// <param name="holidays">Weekdays without trading in the years they span; null: those of the reference data.</param>
    public BarQualityReport? Run(BarKey key, IReadOnlyList<DateOnly>? holidays = null)
    {
        if (archive.Read(key) is not { } bars) return null;
        var terms = SeriesTerms.Find(catalog, key.Symbol.ToString(), DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
        return BarQuality.Check(bars, terms.Succeeded ? terms.Value.Sessions : null, holidays is null ? calendar : CalendarOf(holidays));
    }

    /// <summary>Every day from the first holiday's year to the last one's is known by such a list; evenings are not.</summary>
    private static TradingCalendar CalendarOf(IReadOnlyList<DateOnly> holidays) => new(new(holidays.Min().Year, 1, 1), new(holidays.Max().Year, 12, 31), holidays, []);
}

using System.Globalization;
using Microsoft.Extensions.Options;
using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;
using QuantDash.Web.Configuration;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Data;

/// <summary>What an imported calendar changed.</summary>
/// <param name="From">First day it spoke of.</param>
/// <param name="KnownTo">The last day known from the next start on.</param>
/// <param name="Changed">Days that are another than before; with 0 and the same span nothing was stored.</param>
public sealed record CalendarImported(CalendarMarket Market, DateOnly From, DateOnly To, DateOnly KnownTo, int Changed, bool Stored);

/// <summary>What an imported list of stocks changed.</summary>
public sealed record StocksImported(int Added, int Replaced, bool Stored);

/// <summary>Checks lists of stocks and trading days that somebody gives and lays them into the data directory, as a whole or not at all. What runs goes on with what it began with.</summary>
public sealed class ReferenceImporter(ContractCatalog catalog, MarketCalendars inForce, IOptions<QuantDashOptions> options)
{
    /// <summary>The calendars of the next start.</summary>
    public MarketCalendars Next => CalendarFiles.AddedTo(MarketCalendars.FromReferenceData(), options.Value.DataDirectory);

    /// <param name="booked">Days that accounts have settled; null: nobody asks.</param>
    public async Task<Outcome<CalendarImported>> ImportCalendarAsync(CalendarMarket market, string text, BookedDays? booked, CancellationToken stop)
    {
        var read = CalendarSheetReader.Read(market, text);
        return read.Succeeded ? await ImportCalendarAsync(market, read.Value, booked, stop) : Outcome<CalendarImported>.Failure(read.Problems);
    }

    /// <inheritdoc cref="ImportCalendarAsync(CalendarMarket, string, BookedDays?, CancellationToken)"/>
    public async Task<Outcome<CalendarImported>> ImportCalendarAsync(CalendarMarket market, IReadOnlyList<CalendarSheet> sheets, BookedDays? booked, CancellationToken stop)
    {
        var before = Next.Of(market);
        var next = Next.With(sheets);
        if (!next.Succeeded) return Outcome<CalendarImported>.Failure(next.Problems);
        var calendar = next.Value.Of(market);
        if (booked is not null && await booked.FirstAgainstAsync(market, inForce.Of(market), calendar, stop) is { } day)
            return Outcome<CalendarImported>.Failure("file", "calendar_settled", day.ToString("o", CultureInfo.InvariantCulture));
        var changed = calendar.DifferencesTo(before).Count;
        var stores = changed > 0 || calendar.KnownFrom != before.KnownFrom || calendar.KnownTo != before.KnownTo;
        if (stores) CalendarFiles.Add(options.Value.DataDirectory, market, sheets);
        return Outcome<CalendarImported>.Success(new(market, sheets.Min(sheet => sheet.From), sheets.Max(sheet => sheet.To), calendar.KnownTo, changed, stores));
    }

    /// <param name="name">Of the list, for whoever reads what is wrong with it.</param>
    public Outcome<StocksImported> ImportStocks(string name, string text)
    {
        try
        {
            var known = catalog.Products.Select(product => (product.Exchange, product.Code)).ToHashSet();
            var added = catalog.WithStocks(name, text).Products.Count(product => !known.Contains((product.Exchange, product.Code)));
            var (stocks, changed) = StockList.Add(options.Value.DataDirectory, text);
            return Outcome<StocksImported>.Success(new(added, stocks - added, changed));
        }
        catch (FormatException error)
        {
            return Outcome<StocksImported>.Failure("file", "stocks_refused", error.Message);
        }
    }
}

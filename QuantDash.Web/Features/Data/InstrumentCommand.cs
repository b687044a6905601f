using System.Data.Common;
using System.Globalization;
using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Data;

/// <summary>The verb <c>instruments</c>: which contracts there are, and stocks and trading days added to them. Ends with 0 when it is done, 1 when not.</summary>
public sealed class InstrumentCommand(ReferenceImporter importer, ContractCatalog catalog, MarketCalendars calendars, BookedDays booked, TimeProvider clock)
{
    /// <summary>Takes all of a list into ours, or nothing. Whoever runs knows them from the next start on.</summary>
    public int Import(string path, TextWriter output)
    {
        var done = importer.ImportStocks(Path.GetFileName(path), File.ReadAllText(path));
        foreach (var problem in done.Problems) output.WriteLine(HistoryCommand.Sentence(problem));
        if (!done.Succeeded)
        {
            output.WriteLine("Nothing was imported. A list of stocks is a header and lines: exchange,code,name_zh,name_en,lot,price_tick");
            return 1;
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{done.Value.Added} stocks added, {done.Value.Replaced} replaced. A QuantDash that runs knows them after its next start."));
        return 0;
    }

    /// <param name="exchange">Null: all.</param>
    public int List(string? exchange, TextWriter output)
    {
        var products = catalog.Products.Where(product => exchange is null || product.Exchange == exchange).ToList();
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        output.WriteLine("exchange,code,class,name_en,currency,multiplier,volume_step,price_tick");
        foreach (var product in products)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{product.Exchange},{product.Code},{product.Class},{product.EnglishName},{product.Currency.Code},{product.Multiplier},{product.VolumeStep},{product.TermsOn(today).PriceTick}"));
        return products.Count > 0 ? 0 : 1;
    }

    /// <summary>Trading days into ours: all of a file, or nothing. Whoever runs trades by them from the next start on.</summary>
    public async Task<int> ImportCalendarAsync(CalendarMarket market, string path, TextWriter output, CancellationToken stop)
    {
        var text = await File.ReadAllTextAsync(path, stop);
        var done = await CheckedAsync(market, text, output, stop);
        foreach (var problem in done.Problems) await output.WriteLineAsync($"{problem.Field}: {HistoryCommand.Sentence(problem)}");
        if (!done.Succeeded)
        {
            await output.WriteLineAsync("Nothing was imported. A calendar is the header date,kind and lines such as 2027-01-01,known_from / 2027-12-31,known_to / 2027-02-08,closed");
            return 1;
        }

        var said = done.Value;
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"The calendar of {market.Code()} is known to {said.KnownTo:yyyy-MM-dd}: {said.Changed} days changed by {said.From:yyyy-MM-dd} to {said.To:yyyy-MM-dd}. A QuantDash that runs trades by it after its next start."));
        return 0;
    }

    /// <summary>Where each calendar ends, or one of them as a file that <see cref="ImportCalendarAsync"/> reads.</summary>
    public int PrintCalendars(CalendarMarket? market, TextWriter output)
    {
        if (market is { } one)
        {
            var calendar = calendars.Of(one);
            output.Write(CalendarSheet.Write([calendar.Sheet(one, calendar.KnownFrom, calendar.KnownTo)]));
            return 0;
        }

        output.WriteLine("market,known_from,known_to");
        foreach (var each in CalendarMarkets.All) output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{each.Code()},{calendars.Of(each).KnownFrom:yyyy-MM-dd},{calendars.Of(each).KnownTo:yyyy-MM-dd}"));
        return 0;
    }

    /// <summary>Where there are no books yet, none can be contradicted.</summary>
    private async Task<Outcome<CalendarImported>> CheckedAsync(CalendarMarket market, string text, TextWriter output, CancellationToken stop)
    {
        try
        {
            return await importer.ImportCalendarAsync(market, text, booked, stop);
        }
        catch (DbException error)
        {
            await output.WriteLineAsync($"The books cannot be read, so nobody looked whether days are settled already: {error.Message}");
            return await importer.ImportCalendarAsync(market, text, null, stop);
        }
    }
}

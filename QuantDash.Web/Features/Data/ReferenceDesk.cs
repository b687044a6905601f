using System.Globalization;
using Microsoft.Extensions.Options;
using QuantDash.Core.Audit;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Primitives;
using QuantDash.Web.Configuration;
using QuantDash.Web.Security;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Data;

/// <summary>Trading days and stocks as people, programs and jobs add them: one at a time, and written down.</summary>
public sealed class ReferenceDesk(
    ReferenceImporter importer, BookedDays booked, MarketCalendars inForce, IOptions<QuantDashOptions> options, IAuditLog audit, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>How each market's calendar stands.</summary>
    public IReadOnlyList<CalendarStanding> Calendars()
    {
        var next = importer.Next;
        return [.. CalendarMarkets.All.Select(market => CalendarStanding.Of(market, inForce.Of(market), next.Of(market), File.Exists(CalendarFiles.PathIn(options.Value.DataDirectory, market)), CalendarStanding.Today(clock)))];
    }

    /// <summary>The calendar in force as a sheet that an import takes.</summary>
    public CalendarSheet Sheet(CalendarMarket market) => inForce.Of(market).Sheet(market, inForce.Of(market).KnownFrom, inForce.Of(market).KnownTo);

    public Task<Outcome<CalendarImported>> ImportCalendarAsync(CalendarMarket market, string text, string fileName, CancellationToken stop)
    {
        var read = CalendarSheetReader.Read(market, text);
        return read.Succeeded ? ImportCalendarAsync(market, read.Value, fileName, stop) : Task.FromResult(Outcome<CalendarImported>.Failure(read.Problems));
    }

    public async Task<Outcome<CalendarImported>> ImportCalendarAsync(CalendarMarket market, IReadOnlyList<CalendarSheet> sheets, string fileName, CancellationToken stop)
    {
        Acting.Demand(Scopes.Trade);
        await _turn.WaitAsync(stop);
        try
        {
            var done = await importer.ImportCalendarAsync(market, sheets, booked, stop);
            if (done is { Succeeded: true, Value: { Stored: true } stored })
                await NoteAsync("calendar.imported", market.Code(), string.Create(CultureInfo.InvariantCulture, $$"""{"from":"{{stored.From:yyyy-MM-dd}}","to":"{{stored.To:yyyy-MM-dd}}","changed":{{stored.Changed}}}"""), fileName);
            return done;
        }
        finally
        {
            _turn.Release();
        }
    }

    public async Task<Outcome<StocksImported>> ImportStocksAsync(StockSheet sheet, CancellationToken stop)
    {
        Acting.Demand(Scopes.Trade);
        await _turn.WaitAsync(stop);
        try
        {
            var done = importer.ImportStocks(sheet.Name, sheet.Text);
            if (done is { Succeeded: true, Value: { Stored: true } stored })
                await NoteAsync("stocks.imported", null, string.Create(CultureInfo.InvariantCulture, $$"""{"added":{{stored.Added}},"replaced":{{stored.Replaced}}}"""), sheet.Name);
            return done;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private Task NoteAsync(string action, string? subject, string after, string fileName) =>
        audit.RecordAsync(new() { At = clock.GetUtcNow(), Actor = Acting.Now, Action = action, Subject = subject, After = after, Reason = fileName });
}

using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;

namespace QuantDash.Web.Features.Data;

/// <summary>Trading days and shares over HTTP.</summary>
internal static class ReferenceEndpoints
{
    private const long LargestFile = 1024 * 1024;
    private static readonly string[] Markets = [.. CalendarMarkets.All.Select(market => market.Code())];

    public static void MapReference(this IEndpointRouteBuilder app)
    {
        var calendars = app.MapGroup("/api/calendars").RequireAuthorization(Scopes.Read).WithTags("Market");
        calendars.MapGet("", (ReferenceDesk desk) => Answers.Whole(desk.Calendars().Select(CalendarAnswer.Of))).WithSummary("Trading calendars: which days are known, year by year, and what changes with the next start").Produces<ListAnswer<CalendarAnswer>>();
        calendars.MapGet("{market}.csv", Export).WithSummary("The calendar in force (CN, HK or US) as a file that import reads").Produces<string>(StatusCodes.Status200OK, "text/csv");
        calendars.MapPost("import", ImportCalendarAsync).RequireAuthorization(Scopes.Trade).WithMetadata(new RequestSizeLimitAttribute(LargestFile + 65_536)).DisableAntiforgery()
            .WithSummary("Extends or corrects a trading calendar (market=CN|HK|US; raw body or form file with the columns date,kind), in force from the next start on").Produces<CalendarImportAnswer>();
        app.MapPost("/api/instruments/import", ImportStocksAsync).RequireAuthorization(Scopes.Trade).WithTags("Market").WithMetadata(new RequestSizeLimitAttribute(LargestFile + 65_536)).DisableAntiforgery()
            .WithSummary("Adds or replaces shares (raw body or form file: exchange,code,name_zh,name_en,lot,price_tick), known from the next start on").Produces<StocksImportAnswer>();
    }

    private static IResult Export(string market, ReferenceDesk desk) => CalendarMarkets.Read(market) is { } found
        ? Results.File(Encoding.UTF8.GetBytes(Text(desk.Sheet(found))), "text/csv; charset=utf-8", $"calendar_{found.Code().ToLowerInvariant()}.csv")
        : ProblemAnswer.Of(ProblemKind.NotFound, "unknown_calendar", market, Markets);

    private static string Text(CalendarSheet sheet) =>
        CsvText.Line(["date", "kind"]) + string.Concat(sheet.Rows().Select(row => CsvText.Line([row.Day.ToString("o", CultureInfo.InvariantCulture), row.Kind])));

    private static async Task<IResult> ImportCalendarAsync(HttpContext context, UploadReceiver upload, ReferenceDesk desk)
    {
        var query = new QueryFields(context.Request.Query);
        var market = CalendarMarkets.Read(HistoryImportQuery.Required(query, "market"));
        if (market is null && query.Problems.Count == 0) query.Refuse("market", "not_allowed", query.Text("market"), string.Join(", ", Markets));
        if (query.Problems.Count > 0) return ProblemAnswer.Of(query.Problems);
        var (name, text) = await TextAsync(context, upload);
        var done = await desk.ImportCalendarAsync(market!.Value, text, name, context.RequestAborted);
        return done.Succeeded ? Results.Ok(CalendarImportAnswer.Of(done.Value)) : ProblemAnswer.Of(done.Problems);
    }

    private static async Task<IResult> ImportStocksAsync(HttpContext context, UploadReceiver upload, ReferenceDesk desk)
    {
        var (name, text) = await TextAsync(context, upload);
        var done = await desk.ImportStocksAsync(new StockSheet(name, text), context.RequestAborted);
        return done.Succeeded ? Results.Ok(StocksImportAnswer.Of(done.Value)) : ProblemAnswer.Of(done.Problems);
    }

    private static async Task<(string Name, string Text)> TextAsync(HttpContext context, UploadReceiver upload)
    {
        var (path, name) = await upload.ReceiveAsync(context);
        try
        {
            if (new FileInfo(path).Length > LargestFile) throw new ProblemException(ProblemKind.TooLarge, new Problem("file", "body_too_large", LargestFile));
            return (name, await File.ReadAllTextAsync(path, context.RequestAborted));
        }
        finally
        {
            File.Delete(path);
        }
    }
}

/// <summary>A trading calendar.</summary>
/// <param name="KnownTo">Behind it every weekday is taken for a trading day.</param>
/// <param name="DaysLeft">Until then; below 0 it has ended.</param>
/// <param name="Imported">Days of it were imported; all others are built in.</param>
/// <param name="NextKnownTo">From the next start on.</param>
/// <param name="NextChanges">Days that are another from the next start on.</param>
public sealed record CalendarAnswer(string Market, DateOnly KnownFrom, DateOnly KnownTo, int DaysLeft, bool Imported, DateOnly NextKnownTo, int NextChanges, IReadOnlyList<CalendarYear> Years)
{
    internal static CalendarAnswer Of(CalendarStanding standing) =>
        new(standing.Market.Code(), standing.From, standing.To, standing.DaysLeft, standing.Imported, standing.NextTo, standing.Changes, standing.Years);
}

/// <summary>What became of a calendar that came in.</summary>
/// <param name="Changed">Days that are another from the next start on.</param>
/// <param name="Stored">False: everything was known already.</param>
public sealed record CalendarImportAnswer(string Market, DateOnly From, DateOnly To, DateOnly KnownTo, int Changed, bool Stored)
{
    internal static CalendarImportAnswer Of(CalendarImported done) => new(done.Market.Code(), done.From, done.To, done.KnownTo, done.Changed, done.Stored);
}

/// <summary>What became of a list of shares that came in.</summary>
/// <param name="Stored">False: everything was known already.</param>
public sealed record StocksImportAnswer(int Added, int Replaced, bool Stored)
{
    internal static StocksImportAnswer Of(StocksImported done) => new(done.Added, done.Replaced, done.Stored);
}

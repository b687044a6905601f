using System.Globalization;
using System.Text.Json;
using QuantDash.Core.Instruments;
using QuantDash.Web.Api;
using QuantDash.Web.Ui;
using QuantDash.Web.Ui.Files;

namespace QuantDash.Web.Features.Data;

/// <summary>Sends a calendar or a list of shares to the API.</summary>
public sealed partial class ReferenceImportCard
{
    private const string Shares = "stocks";
    private static readonly string[] Kinds = [.. CalendarMarkets.All.Select(market => market.Code()), Shares];
    private string _what = CalendarMarket.China.Code();

    private Task SendAsync() => _what == Shares
        ? SendAsync("api/instruments/import", answer => SharesTaken(Read<StocksImportAnswer>(answer)))
        : SendAsync("api/calendars/import?market=" + _what, answer => CalendarTaken(Read<CalendarImportAnswer>(answer)));

    private string SharesTaken(StocksImportAnswer taken) => taken.Stored ? Text["StocksTaken", Figures.Number(taken.Added, 0), Figures.Number(taken.Replaced, 0)] : Text["NothingNew"];

    private string CalendarTaken(CalendarImportAnswer taken) => taken.Stored ? Text["CalendarTaken", Day(taken.From), Day(taken.To), Figures.Number(taken.Changed, 0)] : Text["NothingNew"];

    private static T Read<T>(FileAnswer answer) => JsonSerializer.Deserialize<T>(answer.Body, ApiJson.Options)!;

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Instruments;
using QuantDash.Web.Api;
using QuantDash.Web.Ui;
using QuantDash.Web.Ui.Files;

namespace QuantDash.Web.Features.Data;

/// <summary>Sends a calendar or a list of shares to the API, and says what became of it: taken as a whole, or which line is wrong.</summary>
public sealed partial class ReferenceImportCard
{
    private const int MostReasons = 20;
    private const string Shares = "stocks";
    private static readonly string[] Kinds = [.. CalendarMarkets.All.Select(market => market.Code()), Shares];
    private FileUpload? _upload;
    private IReadOnlyList<(string Field, string Sentence)> _reasons = [];
    private string _what = CalendarMarket.China.Code();
    private string? _done;
    private bool _sending;

    /// <summary>Something was stored.</summary>
    [Parameter] public EventCallback OnStored { get; set; }

    private void Forget() => (_reasons, _done) = ([], null);

    private async Task SendAsync()
    {
        Forget();
        _sending = true;
        try
        {
            var answer = await _upload!.SendAsync(_what == Shares ? "api/instruments/import" : "api/calendars/import?market=" + _what);
            if (answer is null) _reasons = [("", Text["ChooseFile"])];
            else if (answer.IsTaken) await TellAsync(answer);
            else _reasons = answer.Reasons();
        }
        catch (OperationCanceledException)
        {
            // Taken back: there is nothing to say.
        }
        finally
        {
            _sending = false;
        }
    }

    private Task TellAsync(FileAnswer answer)
    {
        _done = _what == Shares ? SharesTaken(Read<StocksImportAnswer>(answer)) : CalendarTaken(Read<CalendarImportAnswer>(answer));
        return OnStored.InvokeAsync();
    }

    private string SharesTaken(StocksImportAnswer taken) => taken.Stored ? Text["StocksTaken", Figures.Number(taken.Added, 0), Figures.Number(taken.Replaced, 0)] : Text["NothingNew"];

    private string CalendarTaken(CalendarImportAnswer taken) => taken.Stored ? Text["CalendarTaken", Day(taken.From), Day(taken.To), Figures.Number(taken.Changed, 0)] : Text["NothingNew"];

    private static T Read<T>(FileAnswer answer) => JsonSerializer.Deserialize<T>(answer.Body, ApiJson.Options)!;

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

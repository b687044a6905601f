using System.Text.Json;
using QuantDash.Web.Api;
using QuantDash.Web.Ui;
using QuantDash.Web.Ui.Files;

namespace QuantDash.Web.Features.Data;

/// <summary>Sends a file of bars to <c>POST /api/bars/import</c>.</summary>
public sealed partial class ImportCard
{
    private readonly ImportForm _form = new();

    /// <summary>What stands beside no field of the form.</summary>
    private List<(string Field, string Sentence)> General => [.. Reasons.Where(reason => !_form.Shows(reason.Field))];

    private string? ErrorOf(string field) => Reasons.FirstOrDefault(reason => reason.Field == field).Sentence;

    private Task SendAsync() => SendAsync("api/bars/import?" + _form.Query, Taken);

    private string Taken(FileAnswer answer)
    {
        var stored = JsonSerializer.Deserialize<BarsStoredAnswer>(answer.Body, ApiJson.Options)!;
        return Text["Stored_done", $"{stored.Symbol} {stored.Timeframe}", Figures.Number(stored.Added, 0), Figures.Number(stored.Replaced, 0), Figures.Number(stored.Unchanged, 0), Figures.Number(stored.BadLines, 0)];
    }
}

using System.Text.Json;
using Microsoft.AspNetCore.Components;
using QuantDash.Web.Api;
using QuantDash.Web.Ui;
using QuantDash.Web.Ui.Files;

namespace QuantDash.Web.Features.Data;

/// <summary>Sends a file of bars to <c>POST /api/bars/import</c>, and says what became of it: stored as a whole, or which line is wrong.</summary>
public sealed partial class ImportCard
{
    private const int MostReasons = 20;
    private readonly ImportForm _form = new();
    private FileUpload? _upload;
    private IReadOnlyList<(string Field, string Sentence)> _reasons = [];
    private string? _done;
    private bool _sending;

    /// <summary>Something was stored.</summary>
    [Parameter] public EventCallback OnStored { get; set; }

    /// <summary>What stands beside no field of the form.</summary>
    private List<(string Field, string Sentence)> General => [.. _reasons.Where(reason => !_form.Shows(reason.Field))];

    private string? ErrorOf(string field) => _reasons.FirstOrDefault(reason => reason.Field == field).Sentence;

    private void Forget() => (_reasons, _done) = ([], null);

    private async Task SendAsync()
    {
        Forget();
        _sending = true;
        try
        {
            var answer = await _upload!.SendAsync("api/bars/import?" + _form.Query);
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
        var stored = JsonSerializer.Deserialize<BarsStoredAnswer>(answer.Body, ApiJson.Options)!;
        _done = Text["Stored_done", $"{stored.Symbol} {stored.Timeframe}", Figures.Number(stored.Added, 0), Figures.Number(stored.Replaced, 0), Figures.Number(stored.Unchanged, 0), Figures.Number(stored.BadLines, 0)];
        return OnStored.InvokeAsync();
    }
}

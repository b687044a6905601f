using QuantDash.Web.Ui.Files;

namespace QuantDash.Web.Features.Ticks;

/// <summary>Sends a file to <c>POST /api/ticks/import</c>.</summary>
public sealed partial class ImportForm
{
    private FileUpload? _upload;
    private string _source = "history";
    private string? _symbol;
    private bool _skip;
    private bool _sending;
    private string? _problem;

    private async Task SendAsync()
    {
        (_problem, _sending) = (null, true);
        try
        {
            var answer = await _upload!.SendAsync(Address());
            _problem = answer switch
            {
                null => Text["ChooseFile"],
                { IsTaken: true } => null,
                _ => string.Join(' ', answer.Reasons().Select(reason => reason.Sentence)),
            };
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

    private string Address()
    {
        var symbol = string.IsNullOrWhiteSpace(_symbol) ? "" : $"&symbol={Uri.EscapeDataString(_symbol.Trim())}";
        return $"api/ticks/import?source={Uri.EscapeDataString(_source.Trim())}&on_error={(_skip ? "skip" : "refuse")}{symbol}";
    }
}

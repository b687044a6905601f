using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using QuantDash.Web.Ui.Files;

namespace QuantDash.Web.Features.Data;

/// <summary>A card that sends a file to the API and says what became of it: taken as a whole, or which line is wrong.</summary>
public abstract class SendingCard : ComponentBase
{
    protected const int MostReasons = 20;

    /// <summary>Something was stored.</summary>
    [Parameter] public EventCallback OnStored { get; set; }
    [Inject] public required IStringLocalizer<DataText> Text { get; init; }

    protected FileUpload? Upload { get; set; }
    protected IReadOnlyList<(string Field, string Sentence)> Reasons { get; private set; } = [];
    protected string? Done { get; private set; }
    protected bool IsSending { get; private set; }

    protected void Forget() => (Reasons, Done) = ([], null);

    /// <param name="address">Of the API.</param>
    /// <param name="tell">The sentence on what was taken.</param>
    protected async Task SendAsync(string address, Func<FileAnswer, string> tell)
    {
        Forget();
        IsSending = true;
        try
        {
            var answer = await Upload!.SendAsync(address);
            if (answer is { IsTaken: true })
            {
                Done = tell(answer);
                await OnStored.InvokeAsync();
                return;
            }

            Reasons = answer?.Reasons() ?? [("", Text["ChooseFile"])];
        }
        catch (OperationCanceledException)
        {
            // Taken back: there is nothing to say.
        }
        finally
        {
            IsSending = false;
        }
    }
}

using System.Globalization;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Live;
using QuantDash.Web.Problems;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Locks;

/// <summary>A failed firing is tried again at the price of now, which is shown with its consequences, or called done with a note.</summary>
public sealed partial class FailedTriggerDialog
{
    private OrderPreview? _preview;
    private UnlockPreview? _unlock;
    private Price? _price;
    private string? _note;
    private string? _problem;
    private bool _busy;

    [Parameter, EditorRequired] public required TriggerRow Row { get; set; }

    /// <summary>Calls it done with a note; else tries it again at the price of now.</summary>
    [Parameter] public bool ByHand { get; set; }
    [Parameter, EditorRequired] public EventCallback OnClose { get; set; }
    [Inject] public required ILockDesk Desk { get; init; }
    [Inject] public required ScreenFeed Feed { get; init; }

    private bool Unlocks => Row.Action == LockAction.Unlock;

    protected override Task OnInitializedAsync() => ByHand ? Task.CompletedTask : QuoteAsync();

    private async Task QuoteAsync()
    {
        var account = Feed.Current.Accounts.FirstOrDefault(a => a.Account.Id == Row.AccountId)?.Account;
        _price = account is null ? null : Feed.Current.QuoteOf(account, Symbol.ParseCanonical(Row.Symbol))?.Last;
        if (Unlocks)
        {
            var shown = await Desk.PreviewUnlockAsync(Row.Id);
            _unlock = shown.Succeeded ? shown.Value : null;
            return;
        }

        var answer = await Desk.PreviewAsync(new(Row.AccountId, Symbol.ParseCanonical(Row.Symbol), OrderPurpose.Lock, Row.Direction, new(Row.Volume - Row.Filled), OrderType.Market, null));
        _preview = answer.Succeeded ? answer.Value : null;
    }

    private async Task RunAsync()
    {
        if (_busy) return;
        _busy = true;
        try
        {
            var outcome = ByHand ? await Desk.MarkDoneAsync(Row.Id, _note!.Trim()) : await Desk.ConfirmAsync(Row.Id, _price, force: false);
            _problem = outcome.Succeeded ? null : string.Join(' ', outcome.Problems.Select(p => ProblemSentences.Write(p, CultureInfo.CurrentUICulture)));
            if (outcome.Succeeded) await OnClose.InvokeAsync();
            else if (!ByHand) await QuoteAsync();
        }
        finally
        {
            _busy = false;
        }
    }
}

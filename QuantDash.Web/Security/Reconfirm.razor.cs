using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace QuantDash.Web.Security;

/// <summary>Stands before what is dangerous: runs it when its reader has shown within five minutes who that is, else asks first.</summary>
public sealed partial class Reconfirm
{
    private Func<Task>? _work;
    private string _secret = "";
    private string? _mistake;
    private bool _busy;

    /// <summary>Nothing was done.</summary>
    [Parameter] public EventCallback OnCancel { get; set; }
    [Inject] public required IReconfirmation Reconfirmation { get; init; }
    [Inject] public required AuthenticationStateProvider Authentication { get; init; }

    public async Task RunAsync(Func<Task> work)
    {
        var session = await Authentication.GetAuthenticationStateAsync();
        if (await Reconfirmation.IsFreshAsync(session.User))
        {
            await work();
            return;
        }

        _work = work;
        StateHasChanged();
    }

    private async Task ConfirmAsync()
    {
        if (_busy || _work is not { } work) return;
        _busy = true;
        try
        {
            var session = await Authentication.GetAuthenticationStateAsync();
            var outcome = await Reconfirmation.ConfirmAsync(session.User, _secret);
            (_secret, _mistake) = ("", outcome == ReconfirmOutcome.Confirmed ? null : Text[outcome.ToString()].Value);
            if (outcome != ReconfirmOutcome.Confirmed) return;
            _work = null;
            await work();
        }
        finally
        {
            _busy = false;
        }
    }

    private Task CloseAsync()
    {
        (_work, _secret, _mistake) = (null, "", null);
        return OnCancel.InvokeAsync();
    }
}

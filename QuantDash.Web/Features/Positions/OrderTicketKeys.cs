using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace QuantDash.Web.Features.Positions;

/// <summary>The ticket by keyboard: arrows step, Enter shows what would be sent, Enter again sends it.</summary>
public sealed partial class OrderTicket
{
    private ElementReference _inside;
    private DotNetObjectReference<OrderTicket>? _self;
    private IJSObjectReference? _module;

    [Inject] public required IJSRuntime Browser { get; init; }

    /// <summary>A tick; with <paramref name="ofVolume"/> the smallest volume.</summary>
    [JSInvokable]
    public Task StepAsync(int direction, bool ofVolume) => InvokeAsync(async () =>
    {
        if (_quote?.Contract is not { } contract) return;
        await ChangeAsync(ofVolume ? _wish.StepVolume(direction * contract.VolumeStep) : _wish.StepPrice(direction * contract.PriceTick, _quote.Last.Value));
        StateHasChanged();
    });

    /// <summary>The first one asks to be shown; the next one sends what was shown, if it still can be.</summary>
    [JSInvokable]
    public Task EnterAsync() => InvokeAsync(async () =>
    {
        if (_reviewed && CanSend) await SendAsync();
        else _reviewed = true;
        StateHasChanged();
    });

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _self = DotNetObjectReference.Create(this);
        _module = await Browser.InvokeAsync<IJSObjectReference>("import", "./Features/Positions/OrderTicket.razor.js");
        await _module.InvokeVoidAsync("listen", _inside, _self);
    }

    public override async ValueTask DisposeAsync()
    {
        try
        {
            if (_module is not null) await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and its keys with it.
        }

        _self?.Dispose();
        await base.DisposeAsync();
    }
}

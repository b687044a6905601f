using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace QuantDash.Web.Ui.Dialogs;

/// <summary>A modal dialog: the browser keeps the focus inside and closes it on Esc. It is open as long as it is drawn.</summary>
public sealed partial class Dialog : IAsyncDisposable
{
    private ElementReference _element;
    private IJSObjectReference? _module;
    private DotNetObjectReference<Dialog>? _self;

    [Parameter, EditorRequired] public required string Title { get; set; }
    [Parameter, EditorRequired] public EventCallback OnClose { get; set; }
    [Parameter] public string Class { get; set; } = "";
    [Parameter] public RenderFragment? ChildContent { get; set; }
    [Parameter] public RenderFragment? Footer { get; set; }
    [Inject] public required IJSRuntime Browser { get; init; }

    [JSInvokable]
    public Task CloseAsync() => InvokeAsync(() => OnClose.InvokeAsync());

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _self = DotNetObjectReference.Create(this);
        _module = await Browser.InvokeAsync<IJSObjectReference>("import", "./Ui/Dialogs/Dialog.razor.js");
        await _module.InvokeVoidAsync("open", _element, _self);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_module is not null) await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and the dialog with it.
        }

        _self?.Dispose();
    }
}

using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace QuantDash.Web.Features.Positions;

/// <summary>The keys of the positions page, where no field has the focus and no dialog is open.</summary>
public sealed partial class PositionKeys : IAsyncDisposable
{
    private static readonly (string[] Keys, string Text)[] Listed =
    [
        (["j", "k"], "KeysRow"), (["b"], "KeysBuy"), (["s"], "KeysSell"), (["↑", "↓"], "KeysPrice"), (["⇧↑", "⇧↓"], "KeysVolume"), (["Enter"], "KeysEnter"), (["Esc"], "KeysEsc"), (["?"], "KeysHelp"),
    ];

    private DotNetObjectReference<PositionKeys>? _self;
    private IJSObjectReference? _module;
    private IJSObjectReference? _listener;
    private bool _help;

    /// <summary>j, k, b or s.</summary>
    [Parameter, EditorRequired] public EventCallback<string> OnKey { get; set; }
    [Inject] public required IJSRuntime Browser { get; init; }

    [JSInvokable]
    public Task PressAsync(string key) => InvokeAsync(async () =>
    {
        if (key == "?") _help = true;
        else await OnKey.InvokeAsync(key);
        StateHasChanged();
    });

    /// <summary>Brings a line of the holdings into sight; a line that is not drawn is looked for at its share of the table's height.</summary>
    public async Task RevealAsync(string symbol, double share)
    {
        if (_module is not null) await _module.InvokeVoidAsync("reveal", symbol, share);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _self = DotNetObjectReference.Create(this);
        _module = await Browser.InvokeAsync<IJSObjectReference>("import", "./Features/Positions/PositionKeys.razor.js");
        _listener = await _module.InvokeAsync<IJSObjectReference>("listen", _self);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_listener is not null)
            {
                await _listener.InvokeVoidAsync("stop");
                await _listener.DisposeAsync();
            }
            if (_module is not null) await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and its keys with it.
        }

        _self?.Dispose();
    }
}

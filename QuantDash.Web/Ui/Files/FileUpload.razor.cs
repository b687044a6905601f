using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace QuantDash.Web.Ui.Files;

/// <summary>Chooses a file and sends it to an address of the API from the browser itself, so that it is streamed to disk like any program's, and shows how far it is.</summary>
public sealed partial class FileUpload : IAsyncDisposable
{
    private ElementReference _file;
    private IJSObjectReference? _module;
    private DotNetObjectReference<FileUpload>? _self;
    private decimal? _sent;

    [Parameter, EditorRequired] public string Id { get; set; } = "";
    [Parameter, EditorRequired] public string Label { get; set; } = "";
    [Parameter] public string? Hint { get; set; }
    [Parameter] public string Accept { get; set; } = "";
    [Parameter] public EventCallback OnChosen { get; set; }
    [Inject] public required IJSRuntime Browser { get; init; }

    /// <summary>What the server said; null when no file is chosen.</summary>
    /// <exception cref="OperationCanceledException">It was taken back.</exception>
    public async Task<FileAnswer?> SendAsync(string address)
    {
        _sent = 0;
        StateHasChanged();
        try
        {
            _self ??= DotNetObjectReference.Create(this);
            _module ??= await Browser.InvokeAsync<IJSObjectReference>("import", "./Ui/Files/FileUpload.razor.js");
            var answer = await _module.InvokeAsync<FileAnswer?>("send", _file, address, _self);
            return answer is { Status: Aborted } ? throw new OperationCanceledException() : answer;
        }
        finally
        {
            _sent = null;
            StateHasChanged();
        }
    }

    public async Task AbortAsync()
    {
        if (_module is not null) await _module.InvokeVoidAsync("abort");
    }

    /// <summary>Share of the file that the server has, 0 to 1.</summary>
    [JSInvokable]
    public void Sent(double share)
    {
        _sent = (decimal)share;
        StateHasChanged();
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_module is not null) await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and the upload with it.
        }

        _self?.Dispose();
    }

    /// <summary>As FileUpload.razor.js says it.</summary>
    private const int Aborted = -1;
}

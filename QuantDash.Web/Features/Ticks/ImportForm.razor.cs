using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace QuantDash.Web.Features.Ticks;

/// <summary>Sends a file to <c>POST /api/ticks/import</c> from the browser itself, so that it is streamed to disk like any program's, and shows how far it is.</summary>
public sealed partial class ImportForm : IAsyncDisposable
{
    private ElementReference _file;
    private IJSObjectReference? _module;
    private DotNetObjectReference<ImportForm>? _self;
    private string _source = "history";
    private string? _symbol;
    private bool _skip;
    private decimal? _sent;
    private string? _problem;

    [Inject] public required IJSRuntime Browser { get; init; }

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

    private async Task SendAsync()
    {
        _problem = null;
        _sent = 0;
        try
        {
            _self ??= DotNetObjectReference.Create(this);
            _module ??= await Browser.InvokeAsync<IJSObjectReference>("import", "./Features/Ticks/ImportForm.razor.js");
            _problem = await _module.InvokeAsync<string?>("send", _file, Address(), _self);
            if (_problem == "") _problem = Text["ChooseFile"];
        }
        finally
        {
            _sent = null;
        }
    }

    private async Task AbortAsync()
    {
        if (_module is not null) await _module.InvokeVoidAsync("abort");
    }

    private string Address()
    {
        var symbol = string.IsNullOrWhiteSpace(_symbol) ? "" : $"&symbol={Uri.EscapeDataString(_symbol.Trim())}";
        return $"api/ticks/import?source={Uri.EscapeDataString(_source.Trim())}&on_error={(_skip ? "skip" : "refuse")}{symbol}";
    }
}

using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace QuantDash.Web.Ui.Charts;

/// <summary>The one chart of QuantDash, around plotly.js. Its element is drawn once; afterwards only data goes to the browser, and only what is new.</summary>
public sealed partial class Chart : IAsyncDisposable
{
    /// <summary>A drawing that was lost with the connection must not hold up those after it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private ElementReference _host;
    private IJSObjectReference? _module;
    private IJSObjectReference? _chart;
    private ChartModel? _sent;
    private bool _busy;
    private bool _disposed;
    private bool _table;
    private int _minutes;
    private DotNetObjectReference<Chart>? _self;

    [Parameter, EditorRequired] public required ChartModel Model { get; set; }

    /// <summary>What it shows, for those who cannot see it.</summary>
    [Parameter, EditorRequired] public required string Label { get; set; }
    [Parameter] public string Class { get; set; } = "";

    /// <summary>Minutes shown at first; 0 is everything.</summary>
    [Parameter] public int Minutes { get; set; }
    /// <summary>A level with an id was dragged. It goes back to where it was until the model says otherwise.</summary>
    [Parameter] public EventCallback<LevelMove> OnLevelMoved { get; set; }

    /// <summary>A value was picked with the right button.</summary>
    [Parameter] public EventCallback<decimal> OnPicked { get; set; }
    [Inject] public required IJSRuntime Browser { get; init; }

    private bool IsTouchable => OnLevelMoved.HasDelegate || OnPicked.HasDelegate;

    [JSInvokable]
    public Task LevelMovedAsync(string id, double value) => InvokeAsync(() => OnLevelMoved.InvokeAsync(new(id, (decimal)value)));

    [JSInvokable]
    public Task PickedAsync(double value) => InvokeAsync(() => OnPicked.InvokeAsync((decimal)value));

    protected override void OnInitialized() => _minutes = Minutes;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        try
        {
            await SendAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone; nobody looks.
        }
    }

    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        try
        {
            if (_chart is not null)
            {
                await _chart.InvokeVoidAsync("dispose");
                await _chart.DisposeAsync();
            }

            if (_module is not null) await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // Its memory went with the page.
        }

        _self?.Dispose();
    }

    // One call at a time: a model that comes while the browser draws is caught by the loop.
    private async Task SendAsync()
    {
        if (_busy) return;
        _busy = true;
        try
        {
            while (!_disposed && !ReferenceEquals(_sent, Model)) await SendAsync(Model);
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task SendAsync(ChartModel model)
    {
        if (_chart is null)
        {
            _module ??= await Browser.InvokeAsync<IJSObjectReference>("import", "./Ui/Charts/Chart.razor.js");
            if (IsTouchable) _self ??= DotNetObjectReference.Create(this);
            _chart = await _module.InvokeAsync<IJSObjectReference>("create", _host, model, _minutes, _self);
        }
        else if (_sent is { } sent && ChartUpdate.Between(sent, model) is { } update)
        {
            await _chart.InvokeVoidAsync("update", Patience, update);
        }
        else
        {
            await _chart.InvokeVoidAsync("replace", Patience, model);
        }

        _sent = model;
    }

    private async Task ShowRangeAsync(int minutes)
    {
        _minutes = minutes;
        if (_chart is not null) await _chart.InvokeVoidAsync("show", minutes);
    }
}

using Microsoft.AspNetCore.Components;

namespace QuantDash.Web.Live;

/// <summary>A component that draws the latest value of a stream. It owns the pump: subclasses only name their source.</summary>
public abstract class LiveComponent<T> : ComponentBase, IAsyncDisposable where T : class
{
    private readonly CancellationTokenSource _stop = new();
    private Task _pump = Task.CompletedTask;

    /// <summary>The value being drawn; null until the first has come.</summary>
    protected T? View { get; private set; }

    protected abstract IAsyncEnumerable<T> Source(CancellationToken stop);

    /// <summary>Called on the renderer before each new value is drawn.</summary>
    protected virtual void OnView(T view) { }

    protected override void OnInitialized() => _pump = PumpAsync(_stop.Token);

    public virtual async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _pump;
        _stop.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Begins work that a new value asks for, on the renderer. What it throws is the component's error, as if it had been awaited.</summary>
    protected void Begin(Func<Task> work) => _ = DispatchAsync(work);

    private async Task DispatchAsync(Func<Task> work)
    {
        try
        {
            await InvokeAsync(work);
        }
        catch (Exception e) when ((e is OperationCanceledException or ObjectDisposedException) && _stop.IsCancellationRequested)
        {
            // The component is going away.
        }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }
    }

    private async Task PumpAsync(CancellationToken stop)
    {
        try
        {
            await foreach (var next in Source(stop)) await InvokeAsync(() => Show(next));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The component is going away.
        }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }
    }

    private void Show(T next)
    {
        View = next;
        OnView(next);
        StateHasChanged();
    }
}

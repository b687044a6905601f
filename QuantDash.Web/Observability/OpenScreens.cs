using Microsoft.AspNetCore.Components.Server.Circuits;

namespace QuantDash.Web.Observability;

/// <summary>How many browser windows are connected.</summary>
internal sealed class OpenScreens : CircuitHandler
{
    private int _connected;
    private int _open;

    public int Connected => Volatile.Read(ref _connected);

    /// <summary>Connected or cut off, until the server gives them up.</summary>
    public int Open => Volatile.Read(ref _open);

    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _open);
        return Task.CompletedTask;
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Interlocked.Decrement(ref _open);
        return Task.CompletedTask;
    }

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _connected);
        return Task.CompletedTask;
    }

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Interlocked.Decrement(ref _connected);
        return Task.CompletedTask;
    }
}

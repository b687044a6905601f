using Microsoft.AspNetCore.Components.Server.Circuits;

namespace QuantDash.Web.Observability;

/// <summary>How many browser windows are connected.</summary>
internal sealed class OpenScreens : CircuitHandler
{
    private int _connected;

    public int Connected => Volatile.Read(ref _connected);

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

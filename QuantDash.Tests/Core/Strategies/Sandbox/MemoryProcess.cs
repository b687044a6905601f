using QuantDash.Core.Strategies;
using QuantDash.Core.Strategies.Sandbox;

namespace QuantDash.Tests.Core.Strategies.Sandbox;

/// <summary>The other side of the protocol without a process: whatever is wrong is wrong in the messages.</summary>
internal sealed class MemoryProcess(params StrategyDefinition[] definitions) : IStrategyProcess
{
    private readonly StrategyGuest _guest = new(definitions);

    /// <summary>How often it was asked.</summary>
    public int Asked { get; private set; }

    public bool IsDisposed { get; private set; }

    /// <summary>A definition whose strategies run behind the protocol.</summary>
    public static StrategyDefinition Behind(StrategyDefinition real, Action<MemoryProcess>? started = null) => real with
    {
        Create = values => new SandboxedStrategy(real.Name, values, () =>
        {
            var process = new MemoryProcess(real);
            started?.Invoke(process);
            return process;
        }),
    };

    public ReadOnlyMemory<byte> Ask(ReadOnlyMemory<byte> request)
    {
        Asked++;
        // As a pipe does: neither side may keep what the other writes into again.
        return _guest.Answer(request.ToArray()).ToArray();
    }

    public void Dispose() => IsDisposed = true;
}

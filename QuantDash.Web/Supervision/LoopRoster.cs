using System.Collections.Concurrent;
using QuantDash.Core.Engine;

namespace QuantDash.Web.Supervision;

/// <summary>Every supervised loop of this process by its name.</summary>
public sealed class LoopRoster
{
    private readonly ConcurrentDictionary<string, SupervisedLoopHost> _loops = new(StringComparer.Ordinal);

    /// <summary>A loop failed and will be started again.</summary>
    public event Action<ServiceStatus>? Failed;

    /// <summary>By name.</summary>
    public IReadOnlyList<SupervisedLoopHost> All => [.. _loops.Values.OrderBy(loop => loop.Name, StringComparer.Ordinal)];

    public SupervisedLoopHost? Find(string name) => _loops.GetValueOrDefault(name);

    internal void Enter(SupervisedLoopHost loop)
    {
        if (!_loops.TryAdd(loop.Name, loop)) throw new InvalidOperationException($"There is a loop {loop.Name} already.");
    }

    internal void Tell(ServiceStatus status) => Failed?.Invoke(status);
}

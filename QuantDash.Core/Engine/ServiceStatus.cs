namespace QuantDash.Core.Engine;

/// <summary>One supervised loop of ours as the table <c>service_status</c> shows it, e.g. <c>lock_trigger</c>.</summary>
/// <param name="ServiceName">At most 64 of <c>[a-z0-9_]</c>.</param>
/// <param name="State">A short word: <c>running</c>, <c>stopped</c>, <c>failed</c>, <c>stalled</c>.</param>
/// <param name="Restarts">How often the supervisor started it again.</param>
public sealed record ServiceStatus(string ServiceName, string State, DateTimeOffset LastHeartbeat, string? LastError = null, int Restarts = 0)
{
    /// <summary>It runs, and gives no sign of life.</summary>
    public const string Stalled = "stalled";
}

/// <summary>Where supervised loops leave their heartbeat.</summary>
public interface IServiceStatusBoard
{
    Task SaveAsync(ServiceStatus status, CancellationToken stop = default);

    Task<IReadOnlyList<ServiceStatus>> AllAsync(CancellationToken stop = default);
}

using QuantDash.Core.Engine;

namespace QuantDash.Web.Adapters.Storage.Rows;

/// <summary>Table <c>service_status</c>.</summary>
internal sealed class ServiceStatusRow
{
    public required string ServiceName { get; set; }
    public required string State { get; set; }
    public DateTimeOffset LastHeartbeat { get; set; }
    public string? LastError { get; set; }
    public int Restarts { get; set; }

    /// <summary>In the row <c>trader</c>, on PostgreSQL: grows with each taking of the trader's place, whose it is, and since <see cref="LastHeartbeat"/>.</summary>
    public long? Fence { get; set; }

    public string? Holder { get; set; }

    public static ServiceStatusRow From(ServiceStatus status) => new()
    {
        ServiceName = status.ServiceName,
        State = status.State,
        LastHeartbeat = status.LastHeartbeat,
        LastError = status.LastError,
        Restarts = status.Restarts,
    };

    public ServiceStatus ToStatus() => new(ServiceName, State, LastHeartbeat, LastError, Restarts);
}

using System.Runtime.InteropServices;
using QuantDash.Core.Engine;

namespace QuantDash.Web.Trading;

/// <summary>Picks out of what all parts say of themselves, turn by turn, what the trader has to hear: one that gives no sign of life for two turns, once until it does again, and
/// a trading engine that was rebuilt.</summary>
internal sealed class FailureWatch
{
    private readonly Dictionary<string, int> _silentTurns = new(StringComparer.Ordinal);
    private int _rebuilt;

    public IReadOnlyList<ServiceStatus> Next(IReadOnlyList<ServiceStatus> all) => [.. all.Where(IsNews)];

    private bool IsNews(ServiceStatus status)
    {
        if (status.State == ServiceStatus.Stalled) return ++CollectionsMarshal.GetValueRefOrAddDefault(_silentTurns, status.ServiceName, out _) == 2;
        _silentTurns.Remove(status.ServiceName);
        return status.ServiceName == ServiceReporter.Trading && IsRebuilt(status.Restarts);
    }

    private bool IsRebuilt(int count)
    {
        var isMore = count > _rebuilt;
        _rebuilt = count;
        return isMore;
    }
}

using QuantDash.Core.Audit;
using QuantDash.Core.Primitives;
using QuantDash.Web.Security;
using QuantDash.Web.Supervision;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.SystemStatus;

public enum LoopOrder { Start, Stop, Restart }

/// <summary>Starts and stops supervised loops at somebody's wish, on record.</summary>
public sealed class LoopDesk(LoopRoster roster, IAuditLog audit, TimeProvider clock)
{
    public async Task<Outcome<SupervisedLoopHost>> ActAsync(string name, LoopOrder order)
    {
        Acting.Demand(Scopes.Admin);
        if (roster.Find(name) is not { } loop) return Outcome<SupervisedLoopHost>.Failure("name", "unknown_service", name);
        var before = loop.Status.State;
        if (!Act(loop, order)) return Outcome<SupervisedLoopHost>.Failure("name", "service_not_in_state", before);
        await audit.RecordAsync(new() { At = clock.GetUtcNow(), Actor = Acting.Now, Action = $"service.{Word(order)}", Subject = name });
        return Outcome<SupervisedLoopHost>.Success(loop);
    }

    private static bool Act(SupervisedLoopHost loop, LoopOrder order) => order switch
    {
        LoopOrder.Start => loop.Start(),
        LoopOrder.Stop => loop.Stop(),
        LoopOrder.Restart => loop.Restart(),
    };

    private static string Word(LoopOrder order) => order switch { LoopOrder.Start => "started", LoopOrder.Stop => "stopped", LoopOrder.Restart => "restarted" };
}

using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Notifications;

namespace QuantDash.Web.Features.Diagnosis;

/// <summary>Everything the checks look at, taken at one moment.</summary>
/// <param name="Account">Whose rules and positions; null while there is none.</param>
/// <param name="Loops">The supervised loops of this process.</param>
/// <param name="Readiness">Of every armed rule.</param>
public sealed record DiagnosisFacts(
    EngineSnapshot Snapshot, AccountView? Account, JournalHealth Journal, NotificationHealth Notifications, IReadOnlyList<ServiceStatus> Loops, IReadOnlyDictionary<Guid, RuleReadiness> Readiness)
{
    /// <summary>The last day that each market's trading calendar knows.</summary>
    public IReadOnlyDictionary<CalendarMarket, DateOnly> CalendarEnds { get; init; } = new Dictionary<CalendarMarket, DateOnly>();
}

using QuantDash.Core.Engine;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Emergency;

/// <summary>Where trading is stopped by hand and goes on. Every wish answers once what it changed is durable.</summary>
public interface IEmergencyCounter
{
    /// <param name="account">Null: all of them.</param>
    /// <param name="then">What would be done with what is held.</param>
    Task<Outcome<EmergencyPlan>> PreviewAsync(AccountId? account, EmergencyThen then);

    Task<Outcome<EmergencyPlan>> StopAsync(EmergencyRequest request);

    Task<Outcome<IReadOnlyList<Account>>> ResumeAsync(AccountId? account, string reason);
}

using QuantDash.Core.Engine;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Emergency;

/// <summary>Hands what a person wants in an emergency to the trading thread.</summary>
public sealed class EmergencyCounter(TradingRuntime runtime) : IEmergencyCounter
{
    public Task<Outcome<EmergencyPlan>> PreviewAsync(AccountId? account, EmergencyThen then) => runtime.ReadAsync((engine, _) => engine.Emergency.Preview(account, then));

    public Task<Outcome<EmergencyPlan>> StopAsync(EmergencyRequest request) => runtime.RunAsync((engine, now) => engine.Emergency.Stop(request, now));

    public Task<Outcome<IReadOnlyList<Account>>> ResumeAsync(AccountId? account, string reason) => runtime.RunAsync((engine, now) => engine.Emergency.Resume(account, reason, now));
}

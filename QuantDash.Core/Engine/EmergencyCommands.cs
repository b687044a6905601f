using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Stopping in an emergency, and going on. Like every command of the engine it is for the trading thread.</summary>
public sealed class EmergencyCommands
{
    private readonly EmergencyDesk _desk;
    private readonly Action _endStep;

    internal EmergencyCommands(EmergencyDesk desk, Action endStep) => (_desk, _endStep) = (desk, endStep);

    /// <summary>What <see cref="Stop"/> would do. Null <paramref name="account"/>: to all of them.</summary>
    public Outcome<EmergencyPlan> Preview(AccountId? account, EmergencyThen then) => _desk.Preview(account, then);

    /// <summary>Stops. Answers with what was begun; <c>plan_changed</c>: nothing was, because it is not what was shown.</summary>
    public Outcome<EmergencyPlan> Stop(EmergencyRequest request, DateTimeOffset now) => Step(_desk.Stop(request, now));

    /// <inheritdoc cref="EmergencyDesk.Resume"/>
    public Outcome<IReadOnlyList<Account>> Resume(AccountId? account, string reason, DateTimeOffset now) => Step(_desk.Resume(account, reason, now));

    private Outcome<T> Step<T>(Outcome<T> outcome)
    {
        _endStep();
        return outcome;
    }
}

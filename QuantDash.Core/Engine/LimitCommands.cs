using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>What people do with the limits of accounts. Like every command of the engine it is for the trading thread.</summary>
public sealed class LimitCommands
{
    private readonly LimitDesk _desk;
    private readonly Action _endStep;

    internal LimitCommands(LimitDesk desk, Action endStep) => (_desk, _endStep) = (desk, endStep);

    /// <inheritdoc cref="LimitDesk.Set"/>
    public Outcome<RiskView> Set(LimitsRequest request, DateTimeOffset now)
    {
        var outcome = _desk.Set(request, now);
        _endStep();
        return outcome;
    }
}

using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>What people do with price alerts.</summary>
public sealed class AlertCommands
{
    private readonly AlertDesk _desk;
    private readonly Action _endStep;

    internal AlertCommands(AlertDesk desk, Action endStep) => (_desk, _endStep) = (desk, endStep);

    public Outcome<PriceAlert> Create(AlertRequest request, DateTimeOffset now) => Ended(_desk.Create(request, now));

    /// <inheritdoc cref="AlertDesk.Move"/>
    public Outcome<PriceAlert> Move(Guid id, Price price, DateTimeOffset now) => Ended(_desk.Move(id, price, now));

    public Outcome<PriceAlert> Delete(Guid id) => Ended(_desk.Delete(id));

    private Outcome<PriceAlert> Ended(Outcome<PriceAlert> outcome)
    {
        _endStep();
        return outcome;
    }
}

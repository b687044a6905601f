using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>What a person can do with stop, stop-limit and conditional orders that we hold. Like every command of the engine it is for the trading thread.</summary>
public sealed class HeldCommands
{
    private readonly HeldDesk _desk;
    private readonly Action _endStep;

    internal HeldCommands(HeldDesk desk, Action endStep) => (_desk, _endStep) = (desk, endStep);

    /// <inheritdoc cref="HeldDesk.Place"/>
    public Outcome<HeldPlaced> Place(HeldRequest request, DateTimeOffset now) => Step(_desk.Place(request, now));

    /// <summary>Nothing follows from its price any more.</summary>
    public Outcome<HeldOrder> Cancel(Guid id, DateTimeOffset now) => Step(_desk.Cancel(id, now));

    private Outcome<T> Step<T>(Outcome<T> outcome)
    {
        _endStep();
        return outcome;
    }
}

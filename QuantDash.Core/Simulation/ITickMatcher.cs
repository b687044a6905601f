using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;

namespace QuantDash.Core.Simulation;

/// <summary>A venue that fills orders from our own quotes and therefore wants every tick.</summary>
public interface ITickMatcher
{
    /// <summary>What is shown of a contract whose ticks it has had none of yet: an order that never waits cannot wait for the next one. Does nothing once it had one.</summary>
    void Begin(Contract contract, in Tick tick, SessionWindow window);

    void OnTick(Contract contract, in Tick tick, SessionWindow window, DateTimeOffset now);
}

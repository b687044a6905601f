using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;

namespace QuantDash.Core.Simulation;

/// <summary>A venue that fills orders from our own quotes and therefore wants every tick.</summary>
public interface ITickMatcher
{
    void OnTick(Contract contract, in Tick tick, SessionWindow window, DateTimeOffset now);
}

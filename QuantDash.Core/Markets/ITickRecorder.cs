using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Markets;

/// <summary>Keeps ticks for charts and replay. Called on the trading thread for every tick the gate accepted or held, in order of arrival; it must not wait.</summary>
/// <remarks>Held ticks belong to it: a replay has to see the jump twice to accept it at the same tick as then.</remarks>
public interface ITickRecorder
{
    void Record(SourceName source, Contract contract, SessionWindow window, in Tick tick);
}

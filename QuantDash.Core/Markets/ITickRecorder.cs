using QuantDash.Core.Instruments;

namespace QuantDash.Core.Markets;

/// <summary>Keeps ticks for charts and replay. Called on the trading thread for every tick the gate accepted or held, in order of arrival; it must not wait.</summary>
/// <remarks>Held ticks belong to it: a replay has to see the jump twice to accept it at the same tick as then.</remarks>
public interface ITickRecorder
{
    /// <param name="held">A jump that waits for its second tick: for the files, not yet for charts.</param>
    void Record(Source source, Contract contract, SessionWindow window, in Tick tick, bool held);
}

/// <summary>Keeps nothing.</summary>
public sealed class NoTickRecorder : ITickRecorder
{
    public void Record(Source source, Contract contract, SessionWindow window, in Tick tick, bool held)
    {
        // Backtests and tests that need no charts.
    }
}

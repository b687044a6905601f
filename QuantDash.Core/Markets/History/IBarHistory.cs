using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Markets.History;

/// <summary>Where past bars come from: a venue, a vendor, or what was recorded here. Files come in by import instead.</summary>
public interface IBarHistory
{
    /// <summary>The bars of trading days <paramref name="from"/> to <paramref name="to"/>, finished ones only. Code <c>bars_no_history</c> when it has none.</summary>
    Task<Outcome<BarColumns>> BarsAsync(BarKey key, Contract contract, DateOnly from, DateOnly to, CancellationToken stop = default);
}

using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>What was set for one account, and what of it counts for a contract.</summary>
internal sealed class LimitBook
{
    private readonly Dictionary<Symbol, RiskLimits> _effective;

    /// <param name="rows">As stored; none: the defaults count.</param>
    /// <param name="defaults">Of this installation.</param>
    public LimitBook(IReadOnlyList<StoredLimits> rows, RiskLimits defaults)
    {
        Rows = rows;
        Own = rows.FirstOrDefault(row => row.Symbol is null)?.Limits;
        Whole = Own ?? defaults;
        Contracts = rows.Where(row => row.Symbol is not null).ToDictionary(row => row.Symbol!.Value, row => row.Limits);
        _effective = Contracts.ToDictionary(entry => entry.Key, entry => entry.Value.Over(Whole));
    }

    public IReadOnlyList<StoredLimits> Rows { get; }
    public RiskLimits? Own { get; }
    public RiskLimits Whole { get; }
    public IReadOnlyDictionary<Symbol, RiskLimits> Contracts { get; }

    public RiskLimits For(Symbol symbol) => _effective.GetValueOrDefault(symbol, Whole);
}

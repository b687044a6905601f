using QuantDash.Core.Primitives;

namespace QuantDash.Core.Markets.History;

/// <summary>Which stored bars: those of one source, one symbol and one timeframe. Two sources of one symbol are two series, never mixed.</summary>
public sealed record BarKey(SourceName Source, Symbol Symbol, Timeframe Timeframe)
{
    public override string ToString() => $"{Source} {Symbol} {Timeframe}";
}

namespace QuantDash.Core.Markets.History.Import;

/// <summary>What one line says of a bar: the instant printed on it (milliseconds since 1970-01-01 UTC) and its values in whole price ticks.</summary>
internal readonly record struct BarLine(
    long Stamp, long Open, long High, long Low, long Close, double Volume, double OpenInterest, int File, long Line)
{
    public bool SaysTheSameAs(in BarLine other) => this with { File = other.File, Line = other.Line } == other;
}

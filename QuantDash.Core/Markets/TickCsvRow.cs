namespace QuantDash.Core.Markets;

/// <summary>One line of a tick file: the symbol as written (null when the file has no such column) and the tick, nothing checked yet.</summary>
public readonly record struct TickCsvRow(string? Symbol, RawTick Tick);

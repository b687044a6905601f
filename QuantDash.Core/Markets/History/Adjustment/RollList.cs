namespace QuantDash.Core.Markets.History.Adjustment;

/// <summary>The rolls of a product's main series, oldest first.</summary>
/// <param name="KnownFrom">Trading day from which on the list tells all of them; nothing is known of rolls before.</param>
public sealed record RollList(DateOnly KnownFrom, IReadOnlyList<PriceAdjustment> Rolls);

namespace QuantDash.Core.Positions;

/// <summary>The statement of a day: funds at settlement prices with the margin recomputed at them, before the day's sums start again.</summary>
public sealed record DaySettled(Funds Funds, IReadOnlyList<Lot> ChangedLots);

namespace QuantDash.Core.Positions;

/// <summary>The statement of a day: funds at settlement prices with the margin recomputed at them, before the day's sums start again, and what was held.</summary>
public sealed record DaySettled(Funds Funds, IReadOnlyList<Lot> ChangedLots, IReadOnlyList<SettledPosition> Positions);

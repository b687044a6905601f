using QuantDash.Core.Orders;
using QuantDash.Core.Positions;

namespace QuantDash.Core.Statements;

/// <summary>A trading day in our own books, to hold a statement against.</summary>
public sealed record OurDay
{
    /// <summary>Null: our books know nothing of that day's funds.</summary>
    public Funds? Funds { get; init; }

    /// <summary>False: the day is not over in our books, and counted at the last prices.</summary>
    public bool Settled { get; init; }

    /// <summary>Null: not known.</summary>
    public IReadOnlyList<SettledPosition>? Positions { get; init; }

    /// <summary>Every trade of that day.</summary>
    public IReadOnlyList<Trade> Trades { get; init; } = [];

    /// <summary>Cash booked on that day and in the days around it.</summary>
    public IReadOnlyList<CashFlow> Cash { get; init; } = [];

    /// <summary>The venue's own id of the account; null when none was given.</summary>
    public string? ExternalId { get; init; }
}

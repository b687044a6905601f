using QuantDash.Core.Engine;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Reconciliation;

/// <summary>How one account stands against its venue.</summary>
/// <param name="Waiting">One that waits for the venue's answer.</param>
/// <param name="HoldsOrders">No order goes out until it has ended.</param>
/// <param name="Open">Differences nobody has taken over.</param>
public sealed record ReconciliationAnswer(
    Guid AccountId, RunAnswer? Last, WaitingAnswer? Waiting, bool HoldsOrders, DateTimeOffset? FundsAt, DateTimeOffset? NextAt, int Open, IReadOnlyList<DifferenceAnswer> Differences)
{
    public static ReconciliationAnswer Of(ReconciliationView view) => new(
        view.AccountId.Value, view.Last is { } last ? new(last.Why, last.AskedAt, last.EndedAt, last.Legs, last.Orders, last.Trades) : null,
        view.Waiting is var (why, at) ? new(why, at) : null, view.HoldsOrders, view.FundsAt, view.NextAt, view.Open, [.. view.Differences.Select(DifferenceAnswer.Of)]);
}

/// <summary>The latest comparison that has ended, and how much of each was compared.</summary>
public sealed record RunAnswer(ReconciliationWhy Why, DateTimeOffset? AskedAt, DateTimeOffset EndedAt, int Legs, int Orders, int Trades);

public sealed record WaitingAnswer(ReconciliationWhy Why, DateTimeOffset Since);

/// <param name="Key">Names it while it lasts: what adopt takes.</param>
/// <param name="Ours">Lots, a price or money.</param>
/// <param name="Adopted">The venue's truth is in our books already.</param>
public sealed record DifferenceAnswer(
    string Key, DifferenceKind Kind, string? Symbol, Side? Direction, string? OrderId, decimal? Ours, decimal? Venue, DateTimeOffset Since, string Why, bool Adopted, bool CanAdopt)
{
    public static DifferenceAnswer Of(Difference difference) => new(
        difference.Key, difference.Kind, difference.Symbol?.ToString(), difference.Side, difference.OrderId, difference.Ours, difference.Venue, difference.Since, difference.Why, difference.IsAdopted,
        difference.CanAdopt);
}

/// <param name="Key">Of the difference.</param>
/// <param name="Shown">The venue's figure that was shown; 409 difference_changed when it is another one by now. Without it: whatever it is.</param>
public sealed record AdoptBody(string Key, decimal? Shown = null);

using QuantDash.Core.Engine;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Reconciliation;

/// <summary>How one account stands against its venue.</summary>
/// <param name="Waiting">One that waits for the venue's answer.</param>
/// <param name="HoldsOrders">No order goes out until it has ended.</param>
/// <param name="Open">Differences nobody has taken over.</param>
/// <param name="KeptAt">When the latest comparison ended that is among the kept runs.</param>
/// <param name="QuietSince">Comparisons since then that found nothing else.</param>
public sealed record ReconciliationAnswer(
    Guid AccountId, RunAnswer? Last, WaitingAnswer? Waiting, bool HoldsOrders, DateTimeOffset? FundsAt, DateTimeOffset? NextAt, int Open, DateTimeOffset? KeptAt, int QuietSince,
    IReadOnlyList<DifferenceAnswer> Differences)
{
    public static ReconciliationAnswer Of(ReconciliationView view) => new(
        view.AccountId.Value, view.Last is { } last ? new(last.Why, last.AskedAt, last.EndedAt, last.Legs, last.Orders, last.Trades) : null,
        view.Waiting is var (why, at) ? new(why, at) : null, view.HoldsOrders, view.FundsAt, view.NextAt, view.Open, view.KeptAt, view.Quiet, [.. view.Differences.Select(DifferenceAnswer.Of)]);
}

/// <summary>The latest comparison that has ended, and how much of each was compared.</summary>
public sealed record RunAnswer(ReconciliationWhy Why, DateTimeOffset? AskedAt, DateTimeOffset EndedAt, int Legs, int Orders, int Trades);

/// <summary>A comparison that is kept.</summary>
/// <param name="Seconds">From the question to the comparison; null: the venue told by itself.</param>
/// <param name="Found">Differences it found or that still stood.</param>
/// <param name="Open">Of these, the ones nobody had taken over.</param>
/// <param name="QuietBefore">Comparisons since the one kept before it that found nothing else.</param>
/// <param name="Differences">The first of them, as they were then.</param>
public sealed record KeptRunAnswer(
    Guid AccountId, ReconciliationWhy Why, DateTimeOffset? AskedAt, DateTimeOffset EndedAt, double? Seconds, ReconciliationOutcome Outcome, int Legs, int Orders, int Trades, int Found, int Open, int QuietBefore,
    IReadOnlyList<DifferenceAnswer> Differences)
{
    public static KeptRunAnswer Of(ReconciliationRecord record) => new(
        record.AccountId.Value, record.Run.Why, record.Run.AskedAt, record.Run.EndedAt, record.Took?.TotalSeconds, record.Outcome, record.Run.Legs, record.Run.Orders, record.Run.Trades, record.Found,
        record.Open, record.QuietBefore, [.. record.Differences.Select(DifferenceAnswer.Of)]);
}

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

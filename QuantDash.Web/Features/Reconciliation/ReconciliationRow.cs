using QuantDash.Core.Engine;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Web.Ui;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Reconciliation;

/// <summary>How one account stands against its venue, ready to draw.</summary>
public sealed record ReconciliationRow
{
    public required AccountId Id { get; init; }
    public required string Name { get; init; }

    /// <summary>Our own books are the venue's.</summary>
    public required bool IsSimulated { get; init; }
    public required ReconciliationRun? Last { get; init; }
    public required (ReconciliationWhy Why, DateTimeOffset At)? Waiting { get; init; }
    public required bool HoldsOrders { get; init; }
    public required bool LinkDown { get; init; }
    public required DateTimeOffset? FundsAt { get; init; }
    public required DateTimeOffset? NextAt { get; init; }
    public required int Open { get; init; }

    /// <summary>Comparisons since the latest kept one that found nothing else.</summary>
    public required int Quiet { get; init; }
    public required IReadOnlyList<DifferenceRow> Differences { get; init; }

    public Tone Tone => HoldsOrders ? Tone.Danger : Open > 0 ? Tone.Warn : Last is null ? Tone.Weak : Tone.Good;

    public string State => HoldsOrders ? "Held" : Open > 0 ? "Differs" : Last is null ? "Never" : "Agrees";

    public static IReadOnlyList<ReconciliationRow> List(EngineSnapshot snapshot) =>
        [.. from view in snapshot.Reconciliations
            let account = snapshot.Accounts.FirstOrDefault(a => a.Account.Id == view.AccountId)
            where account is not null
            select From(view, account, snapshot)];

    private static ReconciliationRow From(ReconciliationView view, AccountView account, EngineSnapshot snapshot) => new()
    {
        Id = view.AccountId,
        Name = account.Account.Name,
        IsSimulated = account.Account.Venue == VenueKind.Simulated,
        Last = view.Last,
        Waiting = view.Waiting,
        HoldsOrders = view.HoldsOrders,
        LinkDown = !account.LinkUp,
        FundsAt = view.FundsAt,
        NextAt = view.NextAt,
        Open = view.Open,
        Quiet = view.Quiet,
        Differences = [.. view.Differences.Select(difference => DifferenceRow.From(difference, snapshot))],
    };
}

/// <summary>One difference.</summary>
/// <param name="Places">Decimals of its figures; null: lots.</param>
public sealed record DifferenceRow(
    string Key, DifferenceKind Kind, string? Symbol, Side? Side, string? OrderId, decimal? Ours, decimal? Venue, int? Places, DateTimeOffset Since, string Why, bool IsAdopted, bool CanAdopt)
{
    public string OursText => Text(Ours);
    public string VenueText => Text(Venue);

    public static DifferenceRow From(Difference difference, EngineSnapshot snapshot)
    {
        int? places = difference.Kind switch
        {
            DifferenceKind.Price => difference.Symbol is { } symbol ? snapshot.ContractOf(symbol)?.Places() ?? 2 : 2,
            DifferenceKind.Funds => 2,
            _ => null,
        };
        return new(
            difference.Key, difference.Kind, difference.Symbol?.ToString(), difference.Side, difference.OrderId, difference.Ours, difference.Venue, places, difference.Since, difference.Why,
            difference.IsAdopted, difference.CanAdopt);
    }

    private string Text(decimal? value) => Places is { } places ? Figures.Number(value, places) : Figures.Volume(value);
}

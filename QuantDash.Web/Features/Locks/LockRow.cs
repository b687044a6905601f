using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Web.Live;
using QuantDash.Web.Ui;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Locks;

/// <summary>A lock, ready to draw.</summary>
public sealed record LockRow
{
    public required Guid Id { get; init; }
    public required string Symbol { get; init; }
    public required string Name { get; init; }
    public required Side LockedSide { get; init; }
    public required LockStatus Status { get; init; }
    public required decimal Volume { get; init; }
    public decimal? ProtectedPrice { get; init; }
    public required decimal? LockPrice { get; init; }
    public required int Places { get; init; }
    public decimal? Frozen { get; init; }
    public required decimal Fees { get; init; }

    /// <summary>Closing fees of both legs now, and when every lot is an older one; null without a price.</summary>
    public decimal? UnwindToday { get; init; }
    public decimal? UnwindLater { get; init; }

    /// <summary>From when on it is the latter, on the wall clock; null when both are the same, or not known.</summary>
    public DateTimeOffset? LaterFrom { get; init; }
    public required bool ByHand { get; init; }
    public required DateTimeOffset Since { get; init; }

    public static IReadOnlyList<LockRow> List(EngineSnapshot snapshot, AccountId account, IReadOnlyList<LockRow> previous)
    {
        var views = snapshot.LockViews.Where(view => view.Lock.AccountId == account).ToDictionary(view => view.Lock.Id);
        return RowReuse.Keep(
            previous,
            snapshot.Locks.Where(l => l.AccountId == account && l.Status != LockStatus.Unlocked)
                .OrderByDescending(l => l.Status == LockStatus.Broken).ThenByDescending(l => l.CreatedAt).Select(l => From(l, snapshot, views.GetValueOrDefault(l.Id))),
            r => r.Id);
    }

    private static LockRow From(PositionLock held, EngineSnapshot snapshot, LockView? view)
    {
        var contract = snapshot.ContractOf(held.Symbol);
        return new()
        {
            Id = held.Id, Symbol = held.Symbol.ToString(), Name = contract?.NameOf() ?? "", LockedSide = held.LockedSide, Status = held.Status, Volume = held.Volume.Value,
            ProtectedPrice = held.ProtectedPrice?.Value, LockPrice = held.LockPrice?.Value, Places = contract?.Places() ?? 2, Frozen = held.FrozenProfit, Fees = held.Fees,
            UnwindToday = view?.UnwindFeeToday, UnwindLater = view?.UnwindFeeLater, LaterFrom = view is null || view.UnwindFeeToday == view.UnwindFeeLater ? null : snapshot.OnWallClock(held.AccountId, view.UnwindLaterFrom),
            ByHand = held.TriggerId is null, Since = held.CreatedAt,
        };
    }
}

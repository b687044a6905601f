using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Web.Live;
using QuantDash.Web.Ui;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Positions;

/// <summary>A lock with what it costs and risks, ready to draw.</summary>
public sealed record HeldLock
{
    public required Guid Id { get; init; }
    public required string Symbol { get; init; }
    public required string Name { get; init; }
    public required Side LockedSide { get; init; }
    public required LockStatus Status { get; init; }
    public required decimal Covered { get; init; }
    public decimal? Frozen { get; init; }
    public Side? UncoveredSide { get; init; }
    public required decimal Uncovered { get; init; }
    public required decimal UncoveredPerTick { get; init; }
    public decimal? UnwindToday { get; init; }
    public decimal? UnwindLater { get; init; }

    /// <summary>From when on it is the latter, on the wall clock; null when both are the same, or not known.</summary>
    public DateTimeOffset? LaterFrom { get; init; }
    public decimal? UnwindSpread { get; init; }
    public required bool IsBusy { get; init; }
    public required bool IsAdopted { get; init; }
    public required DateTimeOffset Since { get; init; }

    public static IReadOnlyList<HeldLock> List(EngineSnapshot snapshot, AccountId account, IReadOnlyList<HeldLock> previous) =>
        RowReuse.Keep(previous, snapshot.LockViews.Where(view => view.Lock.AccountId == account).Select(view => From(view, snapshot)), row => row.Id);

    private static HeldLock From(LockView view, EngineSnapshot snapshot) => new()
    {
        Id = view.Lock.Id,
        Symbol = view.Lock.Symbol.ToString(),
        Name = view.Contract.NameOf(),
        LockedSide = view.Lock.LockedSide,
        Status = view.Lock.Status,
        Covered = view.Covered.Value,
        Frozen = view.Lock.FrozenProfit,
        UncoveredSide = view.UncoveredSide,
        Uncovered = view.UncoveredVolume.Value,
        UncoveredPerTick = view.UncoveredPerTick,
        UnwindToday = view.UnwindFeeToday,
        UnwindLater = view.UnwindFeeLater,
        LaterFrom = view.UnwindFeeToday == view.UnwindFeeLater ? null : snapshot.OnWallClock(view.Lock.AccountId, view.UnwindLaterFrom),
        UnwindSpread = view.UnwindSpread,
        IsBusy = view.IsBusy,
        IsAdopted = view.Lock.IsAdopted,
        Since = view.Lock.CreatedAt,
    };
}

/// <summary>A pair that no lock owns, ready to draw.</summary>
public sealed record FoundPair(string Symbol, string Name, decimal Volume, decimal? Frozen)
{
    public static IReadOnlyList<FoundPair> List(AccountView account, IReadOnlyList<FoundPair> previous) => RowReuse.Keep(
        previous,
        account.Positions.Where(position => !position.OfferedPair.IsZero)
            .Select(position => new FoundPair(position.Contract.Symbol.ToString(), position.Contract.NameOf(), position.OfferedPair.Value, position.OfferedFrozen)),
        pair => pair.Symbol);
}

using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>A leg to which shares are put back that a snapshot had taken: their own close is about to be booked. It ends with enough lots of the age that the close takes.</summary>
internal sealed class CloseUndo(LegBook leg, Fill fill, LotAge? takes, DateOnly? tradingDay)
{
    private readonly List<Lot> _lots = [.. leg.Lots];
    private Volume _back;

    public IReadOnlyList<Lot> Lots => _lots;

    /// <summary>What locks get back of it.</summary>
    public List<(Guid LockId, LotBinding Binding)> Bound { get; } = [];

    /// <summary>How much more is closed than the leg holds with all that was put back.</summary>
    public Volume Short => fill.Volume.Minus(leg.Volume + _back);

    public void PutBack(UnexplainedLot share, bool bound)
    {
        _back += share.Volume;
        var lot = LotOf(share, bound ? share.Volume : Volume.Zero);
        // The venue says which age it closed: where the snapshot had taken the other one, ours was dated wrongly.
        var wrong = takes is { } age && lot.AgeOn(tradingDay) != age ? Volume.Min(lot.Volume, fill.Volume.Minus(Held())) : Volume.Zero;
        if (!wrong.IsZero) lot = lot with { Id = LotIds.From($"{lot.Id}|{fill.TradeId}|dated"), OpenedOn = takes == LotAge.Today ? Day : Day.AddDays(-1) };
        var at = _lots.FindIndex(held => held.Id == lot.Id);
        if (at >= 0 && !IsSame(_lots[at], lot))
        {
            lot = lot with { Id = LotIds.From($"{lot.Id}|{fill.TradeId}|back") };
            at = _lots.FindIndex(held => held.Id == lot.Id);
        }
        if (at < 0) _lots.Add(lot);
        else _lots[at] = _lots[at] with { Volume = _lots[at].Volume + lot.Volume, LockedVolume = _lots[at].LockedVolume + lot.LockedVolume, FeeTodayUsed = _lots[at].FeeTodayUsed + lot.FeeTodayUsed };
        if (bound) Bound.Add((share.LockId!.Value, new(lot.Id, lot.Side, share.Volume)));
    }

    /// <summary>A close of what we never saw opened is a fact too: a lot without a price is made up for it.</summary>
    public Lot? Fill()
    {
        var missing = fill.Volume.Minus(Held());
        if (missing.IsZero) return null;
        var lot = Unpriced($"{fill.AccountId}|{fill.Symbol}|{fill.LegSide}|{fill.TradingDay:yyyyMMdd}|{fill.TradeId}|untold", missing);
        _lots.Add(lot);
        return lot;
    }

    private DateOnly Day => tradingDay ?? fill.TradingDay;

    private Volume Held() => new(_lots.Where(lot => takes is null || lot.AgeOn(tradingDay) == takes).Sum(lot => lot.Volume.Value));

    private Lot LotOf(UnexplainedLot share, Volume locked) => share.OpenedOn is not { } openedOn
        ? Unpriced($"{fill.AccountId}|{fill.Symbol}|{fill.LegSide}|{fill.TradingDay:yyyyMMdd}|{fill.TradeId}|unknown", share.Volume)
        : new()
        {
            Id = share.LotId,
            AccountId = fill.AccountId,
            Symbol = fill.Symbol,
            Side = fill.LegSide,
            OpenedOn = openedOn,
            OpenedAt = share.OpenedAt ?? fill.OccurredAt,
            OpenPrice = share.OpenPrice,
            MarkBasis = share.MarkBasis,
            Volume = share.Volume,
            LockedVolume = locked,
            FeeTodayUsed = openedOn < Day ? Volume.Zero : share.FeeTodayUsed,
        };

    private Lot Unpriced(string origin, Volume volume) => new()
    {
        Id = LotIds.From(origin),
        AccountId = fill.AccountId,
        Symbol = fill.Symbol,
        Side = fill.LegSide,
        OpenedOn = takes == LotAge.Yesterday ? Day.AddDays(-1) : Day,
        OpenedAt = fill.OccurredAt,
        Volume = volume,
    };

    private static bool IsSame(Lot one, Lot other) =>
        (one.OpenedOn, one.OpenedAt, one.OpenPrice, one.MarkBasis) == (other.OpenedOn, other.OpenedAt, other.OpenPrice, other.MarkBasis);
}

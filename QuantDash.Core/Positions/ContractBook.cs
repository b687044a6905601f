using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Positions;

/// <summary>Both legs of one contract in one account, and its latest price.</summary>
internal sealed class ContractBook(Contract contract)
{
    private LegBook? _long, _short;
    private DateOnly? _summedOn;
    private IReadOnlyList<Lot> _longLots = [], _shortLots = [];
    private LegExcursion? _longSeen, _shortSeen;
    private long _lowTicks, _highTicks;

    public Contract Contract { get; } = contract;

    /// <summary>Latest price in ticks; 0: none yet.</summary>
    public long MarkTicks
    {
        get;
        set
        {
            field = value;
            if (value < _lowTicks || _lowTicks == 0) _lowTicks = value;
            if (value > _highTicks) _highTicks = value;
        }
    }

    public Price? Mark => MarkTicks > 0 ? Contract.PriceAt(MarkTicks) : null;

    /// <summary>Of the last settlement the books saw; null before the first.</summary>
    public Price? PreviousSettlement { get; set; }

    public bool IsFlat => _longLots.Count == 0 && _shortLots.Count == 0;

    /// <summary>Lots, oldest first.</summary>
    public IReadOnlyList<Lot> Lots(Side side) => side == Side.Long ? _longLots : _shortLots;

    public LegBook Leg(Side side, DateOnly? tradingDay)
    {
        if (_summedOn != tradingDay) (_long, _short, _summedOn) = (null, null, tradingDay);
        return side == Side.Long
            ? _long ??= LegBook.Of(Contract.Symbol, side, Contract.Multiplier, _longLots, tradingDay)
            : _short ??= LegBook.Of(Contract.Symbol, side, Contract.Multiplier, _shortLots, tradingDay);
    }

    /// <summary>How far a leg has been; null when it is flat.</summary>
    public LegExcursion? Excursion(Side side)
    {
        Fold();
        return side == Side.Long ? _longSeen : _shortSeen;
    }

    /// <summary>What was known of a leg before a restart.</summary>
    public void Restore(Side side, LegExcursion seen)
    {
        if (Lots(side).Count == 0) return;
        if (side == Side.Long) _longSeen = seen;
        else _shortSeen = seen;
    }

    /// <summary>Counts what was seen since the last time, on the lots that stood all that time: a tick only notes the lowest and the highest price.</summary>
    private void Fold()
    {
        _longSeen = Seen(Side.Long, _longSeen);
        _shortSeen = Seen(Side.Short, _shortSeen);
        (_lowTicks, _highTicks) = (MarkTicks, MarkTicks);
    }

    private LegExcursion? Seen(Side side, LegExcursion? before)
    {
        if (Lots(side).Count == 0) return null;
        var seen = before ?? LegExcursion.None;
        return _highTicks > 0 ? seen.With(Leg(side, _summedOn), Contract, _lowTicks, _highTicks) : seen;
    }

    /// <summary>Replaces a leg's lots and says what that changed.</summary>
    public LotChanges Put(Side side, IEnumerable<Lot> lots)
    {
        Fold();
        var before = Lots(side);
        // The order must come out the same after a restart: lots of one moment are told apart by id.
        var after = lots.OrderBy(lot => lot.OpenedOn).ThenBy(lot => lot.OpenedAt).ThenBy(lot => lot.Id).ToArray();
        if (side == Side.Long) (_longLots, _long) = (after, null);
        else (_shortLots, _short) = (after, null);
        return LotChanges.Between(before, after);
    }

    public ContractMargin Margin(ContractTerms terms, DateOnly? tradingDay) => new(
        terms,
        MarginCalculator.OfLeg(Leg(Side.Long, tradingDay), terms, tradingDay, Mark),
        MarginCalculator.OfLeg(Leg(Side.Short, tradingDay), terms, tradingDay, Mark));

    public ContractBook Copy() => new(Contract)
    {
        MarkTicks = MarkTicks,
        PreviousSettlement = PreviousSettlement,
        _longLots = _longLots,
        _shortLots = _shortLots,
        _longSeen = _longSeen,
        _shortSeen = _shortSeen,
    };
}

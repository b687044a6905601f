using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Locking;

/// <summary>Works out an unlock's consequences by booking it in a copy of the account's books: the arithmetic is the ledger's own.</summary>
public sealed class UnlockPreviewBuilder
{
    private const int GridRows = 8;

    private readonly UnlockRequest _request;
    private readonly IReadOnlyList<(PositionLock Lock, Volume Volume)> _takes;
    private readonly AccountLedger _ledger;
    private readonly Contract _contract;
    private readonly ContractTerms _terms;
    private readonly Tick _tick;
    private readonly Volume _volume;

    private UnlockPreviewBuilder(
        UnlockRequest request, IReadOnlyList<(PositionLock Lock, Volume Volume)> takes, AccountLedger ledger, Contract contract, ContractTerms terms, in Tick tick)
    {
        (_request, _takes, _ledger, _contract, _terms, _tick) = (request, takes, ledger, contract, terms, tick);
        _volume = new(takes.Sum(take => take.Volume.Value));
    }

    /// <param name="takes">The locks that would let go, and how much each.</param>
    public static UnlockPreview Build(
        UnlockRequest request, IReadOnlyList<(PositionLock Lock, Volume Volume)> takes, AccountLedger ledger, Contract contract, ContractTerms terms, in Tick tick) =>
        new UnlockPreviewBuilder(request, takes, ledger, contract, terms, tick).Build();

    private UnlockPreview Build()
    {
        var before = new TrialBooks(_ledger, _contract, _terms);
        var legs = _request.Sides.Select(Leg).ToList();
        var after = Closed(before, _request.Sides);
        var frozen = FrozenOf(_takes.SelectMany(take => take.Lock.Bindings));
        return new()
        {
            Request = _request,
            Contract = _contract,
            Volume = _volume,
            Locked = new(_takes.Sum(take => take.Lock.Covered.Value)),
            Parts = [.. _takes.SelectMany(take => _request.Sides.SelectMany(side => PartsOf(take, side).SelectMany(InOrders)))],
            Legs = legs,
            RealisedProfit = after?.Realised,
            FeeNow = after?.Fees,
            FeeLater = Sum(legs.Select(leg => CloseLater(leg.ExpectedPrice))),
            FrozenBefore = frozen,
            FrozenAfter = frozen - FrozenOf(Pairs().SelectMany(part => part.Lots)),
            Before = before.State(),
            After = after?.State(),
            AddsExposure = after is not null && Math.Abs(after.State().NetVolume) > Math.Abs(before.State().NetVolume),
            IsCovered = after?.State().Available is { } available ? available >= 0m : null,
            Choices = Choices(before),
            Ladder = Ladder(),
        };
    }

    private IReadOnlyList<UnlockPart> PartsOf((PositionLock Lock, Volume Volume) take, Side side) =>
        UnlockPlanner.Plan(take.Lock, side, take.Volume, _ledger.Leg(_contract.Symbol, side), _terms, _ledger.TradingDay);

    /// <summary>As the exchange takes it: what is more than its largest order goes out as several.</summary>
    private IEnumerable<UnlockPart> InOrders(UnlockPart part)
    {
        var before = Volume.Zero;
        foreach (var volume in OrderSizes.Split(part.Volume, OrderSizes.Largest(_terms, _request.Type, _contract.VolumeStep)))
        {
            yield return part with { Volume = volume, Lots = Between(part.Lots, before, volume) };
            before += volume;
        }
    }

    private static IReadOnlyList<LotBinding> Between(IReadOnlyList<LotBinding> lots, Volume before, Volume volume)
    {
        var taken = new List<LotBinding>();
        foreach (var lot in lots)
        {
            var here = Volume.Min(lot.Volume.Minus(before), volume);
            before = before.Minus(lot.Volume);
            volume -= here;
            if (!here.IsZero) taken.Add(lot with { Volume = here });
        }
        return taken;
    }

    private IEnumerable<UnlockPart> PartsOf(Side side) => _takes.SelectMany(take => PartsOf(take, side));

    private IEnumerable<UnlockPart> Pairs() => PartsOf(Side.Long).Concat(PartsOf(Side.Short));

    private ExpectedFill Expected(Side leg, bool asAsked)
    {
        var type = asAsked ? _request.Type : OrderType.Market;
        var order = new OrderRequest(_request.AccountId, _contract.Symbol, OrderPurpose.Close, leg, _volume, type, asAsked ? _request.PriceOf(leg) : null);
        return ExpectedFill.Of(order, _volume, _contract, _tick);
    }

    private UnlockLegPreview Leg(Side leg)
    {
        var expected = Expected(leg, asAsked: true);
        var side = leg.ClosingOrder();
        return new()
        {
            Leg = leg,
            OrderSide = side,
            DisplayedVolume = expected.Displayed,
            ExpectedPrice = expected.Price,
            WouldRest = expected.WouldRest,
            SlippageTicks = (expected.Price - Last)?.Value * (side == OrderSide.Buy ? 1 : -1) / _contract.PriceTick,
        };
    }

    private Price? Last => _tick.LastTicks > 0 ? _contract.PriceAt(_tick.LastTicks) : null;

    /// <summary>The books once these sides are closed; null when a price is missing.</summary>
    private TrialBooks? Closed(TrialBooks before, IReadOnlyList<Side> sides)
    {
        var after = before.Copy();
        foreach (var side in sides)
        {
            var expected = Expected(side, asAsked: _request.Sides.Contains(side));
            if (expected.Price is null) return null;
            var trades = expected.Trades();
            foreach (var part in PartsOf(side))
                foreach (var trade in trades.Take(part.Volume)) after.Book(side.ClosingOrder(), part.Offset, trade, part.Lots);
        }
        return after;
    }

    private decimal? FrozenOf(IEnumerable<LotBinding> bindings)
    {
        var all = bindings.ToList();
        return (_ledger.CostOf(all.Where(binding => binding.Side == Side.Short)) - _ledger.CostOf(all.Where(binding => binding.Side == Side.Long))) * _contract.Multiplier;
    }

    private IReadOnlyList<UnlockChoice> Choices(TrialBooks before) =>
    [
        Choice(UnlockChoiceKind.CloseLong, before, UnlockLegs.Long),
        Choice(UnlockChoiceKind.CloseShort, before, UnlockLegs.Short),
        Choice(UnlockChoiceKind.CloseBoth, before, UnlockLegs.Both),
        new()
        {
            Kind = UnlockChoiceKind.KeepLocked,
            Profit = FrozenOf(Pairs().SelectMany(part => part.Lots)),
            FeeNow = 0m,
            FeeLater = 2 * CloseLater(Last),
            After = before.State(),
        },
    ];

    private UnlockChoice Choice(UnlockChoiceKind kind, TrialBooks before, UnlockLegs legs)
    {
        var sides = UnlockRequest.SidesOf(legs);
        var after = Closed(before, sides);
        return new()
        {
            Kind = kind,
            Profit = after?.Realised,
            FeeNow = after?.Fees,
            FeeLater = sides.Count == 2 ? 0m : CloseLater(Last),
            After = after?.State(),
        };
    }

    private decimal? CloseLater(Price? price) => price is { } at ? TradeFees.Close(_terms.Fees, _contract, at, Volume.Zero, _volume) : null;

    private IReadOnlyList<UnlockLadderRow> Ladder()
    {
        if (Last is not { } last) return [];
        var grid = UnlockLadder.Grid(_contract, last, GridRows, UnlockLadder.UsualStep(_contract, last), _tick.LowerLimitTicks, _tick.UpperLimitTicks);
        return new UnlockLadder(_contract, _terms.Fees, PairLegOf(Side.Long), PairLegOf(Side.Short)).Over(grid);
    }

    private PairLeg PairLegOf(Side side)
    {
        var parts = PartsOf(side).ToList();
        return new(side, _volume, _ledger.CostOf(parts.SelectMany(part => part.Lots)), FeeLines.Of(parts, _ledger.Leg(_contract.Symbol, side)));
    }

    private static decimal? Sum(IEnumerable<decimal?> amounts) => amounts.Aggregate((decimal?)0m, (sum, amount) => sum + amount);
}

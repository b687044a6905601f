using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Orders;

/// <summary>Works out an order's consequences by booking it in a copy of the account's books: the arithmetic is the ledger's own.</summary>
public static class OrderPreviewBuilder
{
    public static OrderPreview Build(OrderRequest request, AccountLedger ledger, Contract contract, ContractTerms terms, in Tick tick)
    {
        var offsets = OffsetsOf(request, ledger, contract, terms);
        var planned = PlannedVolume(offsets);
        var atOnce = ImmediateFill.Of(request, planned, contract, tick);
        var (counted, parts) = atOnce is { } lots ? (request with { Volume = lots }, ImmediateFill.Of(offsets, lots)) : (request, offsets);
        var expected = request.TimeInForce.IsImmediate() && atOnce is null ? default : ExpectedFill.Of(counted, PlannedVolume(parts), contract, tick);
        var price = atOnce is { IsZero: true } ? null : expected.Price;
        var last = tick.LastTicks > 0 ? contract.PriceAt(tick.LastTicks) : (Price?)null;
        var before = new TrialBooks(ledger, contract, terms);
        var after = expected.Price is null ? null : Filled(before, request, parts, expected);
        var frozen = request.Purpose == OrderPurpose.Lock ? LockedProfit(before, request.Side, counted.Volume, price, contract) : null;
        var (margin, fee) = Freeze(request, offsets, contract, terms, request.LimitPrice ?? expected.Price);
        return new()
        {
            Request = request,
            Contract = contract,
            OrderSide = request.OrderSide,
            Offsets = offsets,
            PlannedVolume = planned,
            DisplayedVolume = expected.Displayed,
            ExpectedPrice = price,
            FillsAtOnce = atOnce,
            WouldRest = expected.WouldRest && atOnce is null,
            SlippageTicks = (price - last)?.Value * (request.OrderSide == OrderSide.Buy ? 1 : -1) / contract.PriceTick,
            FrozenProfit = frozen,
            FrozenTicks = counted.Volume.IsZero ? null : frozen / (counted.Volume.Value * contract.Multiplier * contract.PriceTick),
            Before = before.State(),
            After = after?.State(),
            FreezeMargin = margin,
            FreezeFee = fee,
            FreezeIsCovered = IsCovered(ledger, margin + fee),
            FeeNow = after?.Fees,
            UnwindFeeToday = after is null ? null : UnwindToday(after, counted, expected.Price!.Value),
            UnwindFeeLater = UnwindLater(counted, contract, terms, expected.Price),
            Choices = request.Purpose == OrderPurpose.Open || atOnce is { IsZero: true } ? [] : Choices(counted, before, contract, terms, expected, tick),
        };
    }

    /// <summary>What the venue freezes for an order until it fills, and whether the account covers that: these two of a preview, for those who save thousands of rules.</summary>
    public static (decimal? Margin, bool? IsCovered) FreezeOf(OrderRequest request, AccountLedger ledger, Contract contract, ContractTerms terms, in Tick tick)
    {
        var offsets = OffsetsOf(request, ledger, contract, terms);
        var expected = ExpectedFill.Of(request, PlannedVolume(offsets), contract, tick);
        var (margin, fee) = Freeze(request, offsets, contract, terms, request.LimitPrice ?? expected.Price);
        return (margin, IsCovered(ledger, margin + fee));
    }

    private static IReadOnlyList<PlannedOffset> OffsetsOf(OrderRequest request, AccountLedger ledger, Contract contract, ContractTerms terms) => request.Purpose == OrderPurpose.Close
        ? OffsetPlanner.PlanClose(ledger.Leg(request.Symbol, request.Side), request.Volume, terms)
        : OrderSizes.Split([new PlannedOffset(Offset.Open, request.Volume)], OrderSizes.Largest(terms, request.Type, contract.VolumeStep));

    private static Volume PlannedVolume(IReadOnlyList<PlannedOffset> offsets) => new(offsets.Sum(part => part.Volume.Value));

    private static bool? IsCovered(AccountLedger ledger, decimal? frozen) => ledger.Funds().Available is { } available && frozen is { } now ? available >= now : null;

    private static TrialBooks Filled(TrialBooks before, OrderRequest request, IReadOnlyList<PlannedOffset> offsets, ExpectedFill expected)
    {
        var after = before.Copy();
        after.Book(request.OrderSide, offsets, expected);
        return after;
    }

    private static decimal? LockedProfit(TrialBooks books, Side side, Volume volume, Price? price, Contract contract) =>
        ((price?.Value * volume.Value) - books.CostOfOldestFree(side, volume)) * contract.Multiplier * side.Sign();

    private static (decimal? Margin, decimal? Fee) Freeze(
        OrderRequest request, IReadOnlyList<PlannedOffset> offsets, Contract contract, ContractTerms terms, Price? price)
    {
        if (price is not { } at) return (null, null);
        decimal margin = 0m, fee = 0m;
        foreach (var part in offsets)
        {
            var legSide = part.Offset == Offset.Open && request.Purpose == OrderPurpose.Lock ? request.Side.Opposite() : request.Side;
            var unit = FillBooking.FreezePerUnit(legSide, part.Offset, contract, terms, at);
            margin += unit.Margin * part.Volume.Value;
            fee += unit.Fee * part.Volume.Value;
        }
        return (margin, fee);
    }

    private static decimal UnwindToday(TrialBooks after, OrderRequest request, Price price)
    {
        if (request.Purpose == OrderPurpose.Close) return 0m;
        var undone = after.Copy();
        undone.Close(request.Side, request.Volume, price);
        if (request.Purpose == OrderPurpose.Lock) undone.Close(request.Side.Opposite(), request.Volume, price);
        return undone.Fees;
    }

    private static decimal? UnwindLater(OrderRequest request, Contract contract, ContractTerms terms, Price? price) => request.Purpose switch
    {
        OrderPurpose.Lock => 2 * CloseLater(request.Volume, contract, terms, price),
        OrderPurpose.Open => CloseLater(request.Volume, contract, terms, price),
        OrderPurpose.Close or OrderPurpose.Unlock => 0m,
    };

    private static decimal? CloseLater(Volume volume, Contract contract, ContractTerms terms, Price? price) =>
        price is { } at ? TradeFees.Close(terms.Fees, contract, at, Volume.Zero, volume) : null;

    private static IReadOnlyList<PreviewChoice> Choices(
        OrderRequest request, TrialBooks before, Contract contract, ContractTerms terms, ExpectedFill expected, Tick tick)
    {
        var last = tick.LastTicks > 0 ? contract.PriceAt(tick.LastTicks) : (Price?)null;
        var volume = Volume.Min(request.Volume, before.Leg(request.Side).FreeVolume);
        var price = expected.Price;
        TrialBooks? locked = null, closed = null;
        if (price is not null)
        {
            (locked, closed) = (before.Copy(), before.Copy());
            locked.Open(request.Side.Opposite(), volume, expected);
            closed.Close(request.Side, volume, expected);
        }
        IReadOnlyList<PreviewChoice> choices =
        [
            new()
            {
                Kind = PreviewChoiceKind.Lock,
                Profit = LockedProfit(before, request.Side, volume, price, contract),
                FeeNow = locked?.Fees,
                FeeLater = 2 * CloseLater(volume, contract, terms, price),
                After = locked?.State(),
            },
            new() { Kind = PreviewChoiceKind.Close, Profit = closed?.Realised, FeeNow = closed?.Fees, FeeLater = 0m, After = closed?.State() },
            new()
            {
                Kind = PreviewChoiceKind.Nothing,
                Profit = LockedProfit(before, request.Side, volume, last, contract),
                FeeNow = 0m,
                FeeLater = CloseLater(volume, contract, terms, last),
                After = before.State(),
            },
        ];
        var costs = new ChoiceCosts(contract, terms, tick, volume, closed?.State());
        return [.. choices.Select(costs.Of)];
    }
}

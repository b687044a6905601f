using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Orders;

/// <summary>Everything that decides how large an order may be.</summary>
public sealed record QuantityQuestion
{
    public required OrderSide Side { get; init; }

    /// <summary>Null: at the market.</summary>
    public required Price? Limit { get; init; }
    public required AccountLedger Ledger { get; init; }
    public required Contract Contract { get; init; }
    public required ContractTerms Terms { get; init; }
    public required Tick Tick { get; init; }

    /// <summary>Free lots that no working order closes, by age.</summary>
    public required Volume ClosableToday { get; init; }
    public required Volume ClosableYesterday { get; init; }

    /// <summary>What may be opened although the account was stopped, because it reduces; null: it was not.</summary>
    public Volume? OpensWhileHalted { get; init; }

    /// <summary>Whatever the books hold, the answer follows from this alone.</summary>
    public MaxQuantity Answer() => new(Side, PriceNow, Open(), Close());

    private Side OpenedLeg => Side == OrderSide.Buy ? Primitives.Side.Long : Primitives.Side.Short;

    private Price? PriceNow => Limit ?? (Side == OrderSide.Buy ? At(Tick.AskTicks) : At(Tick.BidTicks)) ?? At(Tick.LastTicks);

    private OpenQuantity Open()
    {
        var largest = (Limit is null ? Terms.LargestMarketOrder : Terms.LargestLimitOrder) is { } lots ? new Volume(lots) : (Volume?)null;
        var available = Ledger.Funds().Available;
        var (margin, fee) = PriceNow is { } price ? FillBooking.FreezePerUnit(OpenedLeg, Offset.Open, Contract, Terms, price) : ((decimal?)null, (decimal?)null);
        var byFunds = available is { } money && margin + fee is { } unit and > 0m ? ByFunds(money, unit) : (Volume?)null;
        var (volume, why) = Least(largest, byFunds, isCharged: margin + fee != 0m);
        return new(volume, why, largest, byFunds, margin, fee, available);
    }

    private (Volume? Volume, QuantityLimit Why) Least(Volume? largest, Volume? byFunds, bool isCharged)
    {
        if (Limit is null && largest is { IsZero: true }) return (Volume.Zero, QuantityLimit.NoMarketOrders);
        if (!Contract.Product.HoldsBothSides && !Ledger.Leg(Contract.Symbol, OpenedLeg.Opposite()).Volume.IsZero) return (Volume.Zero, QuantityLimit.OneSideOnly);
        if (PriceNow is null) return (null, QuantityLimit.NoPrice);
        if (byFunds is null && isCharged) return (null, QuantityLimit.FundsUnknown);
        var (volume, why) = (byFunds, byFunds is null ? QuantityLimit.None : QuantityLimit.Funds);
        if (OpensWhileHalted is { } reducing && (volume is null || reducing < volume)) (volume, why) = (reducing, QuantityLimit.Halted);
        if (largest is { } most && (volume is null || most < volume)) (volume, why) = (most, QuantityLimit.OrderSize);
        return (volume, why);
    }

    // The division rounds in its last digit; what a venue compares is the product.
    private Volume ByFunds(decimal available, decimal unit)
    {
        if (available <= 0m) return Volume.Zero;
        var step = Contract.VolumeStep;
        var volume = decimal.Floor(available / unit / step) * step;
        return new(Math.Max(0m, volume * unit > available ? volume - step : volume));
    }

    private CloseQuantity Close()
    {
        var leg = Ledger.Leg(Contract.Symbol, OpenedLeg.Opposite());
        var volume = ClosableToday + ClosableYesterday;
        var why = volume == leg.Volume ? QuantityLimit.Position : volume < leg.FreeVolume ? QuantityLimit.WorkingOrders : QuantityLimit.Locks;
        return new(volume, ClosableToday, ClosableYesterday, why, leg.Volume, leg.LockedVolume);
    }

    private Price? At(long ticks) => ticks > 0 ? Contract.PriceAt(ticks) : null;
}

using QuantDash.Core.Instruments;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Simulation;

/// <summary>What a venue refuses an order for; null: nothing.</summary>
internal static class VenueChecks
{
    /// <param name="depth">What the contract showed last; null before its first tick.</param>
    public static string? Refusal(VenueOrder placed, SessionPhase phase, DisplayedDepth? depth, AccountLedger ledger, IReadOnlyCollection<VenueOrder> working)
    {
        var order = placed.Order;
        var contract = ledger.ContractOf(order.Symbol);
        var terms = ledger.TermsOf(contract);
        return SessionRefusal(order, phase)
            ?? VolumeRefusal(order, contract, terms)
            ?? PriceRefusal(placed, depth)
            ?? (working.Any(placed.Crosses) ? VenueWords.SelfTrade : null)
            ?? (order.Offset == Offset.Open
                ? OpeningRefusal(order, contract, terms, depth, ledger)
                : ClosingRefusal(order, terms, ledger.Leg(order.Symbol, order.LegSide), working));
    }

    private static string? SessionRefusal(Order order, SessionPhase phase) => phase switch
    {
        SessionPhase.Continuous => null,
        SessionPhase.Auction when order.Type == OrderType.Market => VenueWords.NoMarketOrderInAuction,
        SessionPhase.Auction => order.TimeInForce.IsImmediate() ? VenueWords.NoImmediateOrderInAuction : null,
        SessionPhase.Closed => VenueWords.NotTrading,
    };

    private static string? VolumeRefusal(Order order, Contract contract, ContractTerms terms)
    {
        var largest = order.Type == OrderType.Market ? terms.LargestMarketOrder : terms.LargestLimitOrder;
        if (order.Type == OrderType.Market && (largest == 0m || order.TimeInForce.IsImmediate())) return VenueWords.PriceTypeUnsupported;
        if (!TimesInForce.Of(contract.Product).Contains(order.TimeInForce)) return VenueWords.PriceTypeUnsupported;
        if (order.Volume.IsZero || order.Volume.Value % contract.VolumeStep != 0m) return VenueWords.VolumeOffStep;
        return order.Volume.Value > largest ? VenueWords.VolumeTooLarge : null;
    }

    private static string? PriceRefusal(VenueOrder placed, DisplayedDepth? depth)
    {
        if (placed.Order.Type == OrderType.Market) return null;
        if (placed.Order.LimitPrice is null) return VenueWords.PriceMissing;
        if (placed.LimitTicks is not { } ticks || ticks <= 0) return VenueWords.PriceOffTick;
        if (depth is null) return null;
        var above = depth.UpperLimit > 0 && ticks > depth.UpperLimit;
        var below = depth.LowerLimit > 0 && ticks < depth.LowerLimit;
        return above || below ? VenueWords.PriceOutsideLimits : null;
    }

    /// <summary>The full margin of the leg must be there first; single-side relief comes with the trade (PEERS.md 4.1). Funds that are unknown refuse nothing.</summary>
    private static string? OpeningRefusal(Order order, Contract contract, ContractTerms terms, DisplayedDepth? depth, AccountLedger ledger)
    {
        if (contract.Currency != ledger.Account.Currency) return VenueWords.CurrencyDiffers;
        if (!contract.Product.HoldsBothSides && !ledger.Leg(order.Symbol, order.LegSide.Opposite()).Volume.IsZero) return VenueWords.OneSideOnly;
        if ((order.LimitPrice ?? Opposing(order, depth) ?? ledger.MarkOf(order.Symbol)) is not { } price) return null;
        var (margin, fee) = FillBooking.FreezePerUnit(order.LegSide, order.Offset, contract, terms, price);
        var needed = (margin + fee) * order.Remaining.Value;
        return ledger.Funds().Available is { } available && available + ledger.FrozenBy(order.Id.Value) < needed ? VenueWords.NotEnoughFunds : null;
    }

    private static string? ClosingRefusal(Order order, ContractTerms terms, LegBook leg, IReadOnlyCollection<VenueOrder> working)
    {
        var takes = OffsetPlanner.Takes(order.Offset, terms);
        var promised = working
            .Where(other => other.Order.Symbol == order.Symbol && other.Order.Offset != Offset.Open && other.Order.LegSide == order.LegSide)
            .Where(other => OffsetPlanner.Takes(other.Order.Offset, terms) == takes)
            .Sum(other => other.Remaining.Value);
        var (held, refusal) = takes switch
        {
            LotAge.Today => (leg.TodayVolume, VenueWords.NotEnoughToday),
            LotAge.Yesterday => (leg.YesterdayVolume, VenueWords.NotEnoughYesterday),
            null => (leg.Volume, VenueWords.NotEnoughPosition),
        };
        if (order.Volume.Value > leg.Volume.Value) return VenueWords.NotEnoughPosition;
        return order.Volume.Value + promised > held.Value ? refusal : null;
    }

    private static Price? Opposing(Order order, DisplayedDepth? depth) =>
        depth?.Opposing(order.Side) is { } ticks and > 0 ? depth.Contract.PriceAt(ticks) : null;
}

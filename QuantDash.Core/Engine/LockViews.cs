using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>What a lock costs and risks as seen now.</summary>
internal static class LockViews
{
    public static LockView Of(PositionLock held, AccountBook account, SymbolLane lane, ContractTerms terms)
    {
        var (contract, uncovered) = (lane.Contract, held.UncoveredVolume);
        return new()
        {
            Lock = held,
            Contract = contract,
            Covered = held.Covered,
            UncoveredSide = held.Status == LockStatus.Broken ? held.UncoveredSide : null,
            UncoveredVolume = held.Status == LockStatus.Broken ? uncovered : Volume.Zero,
            UncoveredPerTick = held.Status == LockStatus.Broken ? uncovered.Value * contract.Multiplier * contract.PriceTick : 0m,
            UnwindFeeToday = lane.LastPrice is { } now ? FeeNow(held, account, contract, terms, Side.Long, now) + FeeNow(held, account, contract, terms, Side.Short, now) : null,
            UnwindFeeLater = lane.LastPrice is { } then ? 2 * TradeFees.Close(terms.Fees, contract, then, Volume.Zero, held.Covered) : null,
            UnwindSpread = lane.Last is { BidTicks: > 0, AskTicks: > 0 } quote
                ? (quote.AskTicks - quote.BidTicks) * contract.PriceTick * held.Covered.Value * contract.Multiplier
                : null,
            IsBusy = UnlockDesk.IsBusy(account, held),
        };
    }

    private static decimal FeeNow(PositionLock held, AccountBook account, Contract contract, ContractTerms terms, Side side, Price price)
    {
        var leg = account.Ledger.Leg(held.Symbol, side);
        var parts = UnlockPlanner.Plan(held, side, held.Covered, leg, terms, account.Ledger.TradingDay);
        return FeeLines.Of(parts, leg).Sum(line => TradeFees.Close(terms.Fees, contract, price, line.AsToday, line.AsYesterday));
    }
}

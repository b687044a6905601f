using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Locks;

/// <summary>A rule whose condition holds already would lock at the next tick: the form says so and asks again.</summary>
/// <param name="Volume">Lots it would lock.</param>
/// <param name="Price">At about this price.</param>
public sealed record FiresAtOnce(ConditionKind Condition, decimal Volume, decimal Price)
{
    /// <summary>Null when nothing holds now, or when position or price are unknown.</summary>
    public static FiresAtOnce? Check(LockRule rule, EngineSnapshot snapshot, AccountView account)
    {
        if (!rule.IsEnabled || snapshot.QuoteOf(account.Account, rule.Symbol) is not { Phase: SessionPhase.Continuous } quote) return null;
        if (account.Positions.FirstOrDefault(p => p.Contract.Symbol == rule.Symbol) is not { } position) return null;
        var leg = rule.Direction == Side.Long ? position.Long : position.Short;
        if (leg.Volume.IsZero || Holding(rule, leg, quote) is not { } kind) return null;
        var locked = rule.Unlocks ? snapshot.Locks.LastOrDefault(held => held.Status == LockStatus.Active && (rule.LockId is { } id ? held.Id == id : held.AccountId == rule.AccountId && held.Symbol == rule.Symbol))?.Covered ?? default : default;
        var (whole, left) = rule.Unlocks ? (locked, locked) : (leg.Volume, leg.LockableVolume);
        var wanted = LockVolume.Wanted(whole, RuleConditions.RatioOf(rule, kind), Core.Primitives.Volume.Zero, quote.Contract.VolumeStep);
        return new(kind, Core.Primitives.Volume.Min(wanted, left).Value, quote.Last.Value);
    }

    private static ConditionKind? Holding(LockRule rule, LegView leg, QuoteView quote)
    {
        if (DecidingPrice.Of(rule.PriceSource, rule.Direction, quote.Tick, quote.MarkTicks) is not { } now) return null;
        var sign = rule.Direction.Sign();
        if (RuleConditions.StopLevel(rule, quote.Contract) is { } stop && (now - stop) * sign <= 0) return ConditionKind.Stop;
        if (RuleConditions.HasProfit(rule) && ProfitAt(now, leg, rule.Unlocks ? leg.LockedVolume : leg.Volume.Minus(leg.LockedVolume), quote) >= rule.ProfitLockThreshold) return ConditionKind.Profit;
        return RuleConditions.PriceLevel(rule, quote.Contract) is { } price && (now - price) * sign >= 0 ? ConditionKind.Price : null;
    }

    // Locked lots are outside a lock rule's profit, and all of an unlock rule's; the leg's average stands for them here, where only a warning hangs on it.
    private static decimal? ProfitAt(long ticks, LegView leg, Core.Primitives.Volume of, QuoteView quote) => leg.AverageOpenPrice is { } open
        ? (quote.Contract.PriceAt(ticks).Value - open.Value) * leg.Side.Sign() * of.Value * quote.Contract.Multiplier
        : null;
}

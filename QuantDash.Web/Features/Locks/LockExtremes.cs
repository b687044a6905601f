using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Locks;

/// <summary>The best price since a lock was made, as the stored ticks tell it: where the trailing of an unlock rule that is made later begins.</summary>
public sealed class LockExtremes(ITickArchive archive, TradingCalendar calendar)
{
    /// <returns>Null: the rule needs none, or no tick of that time was stored.</returns>
    public Price? Best(LockRule rule, EngineSnapshot snapshot)
    {
        if (!rule.Unlocks || rule.PriceSource != PriceSource.Last || !RuleConditions.HasTrailing(rule)) return null;
        var bound = snapshot.LockViews.LastOrDefault(view => view.Lock.AccountId == rule.AccountId && view.Lock.Symbol == rule.Symbol && (rule.LockId is { } id ? view.Lock.Id == id : view.Lock.Status == LockStatus.Active));
        if (bound is null || SourceOf(rule, snapshot) is not { Clock: SourceClock.Wall } source) return null;
        return Best(source, bound.Contract, bound.Lock.CreatedAt, rule.Direction) is { } ticks ? bound.Contract.PriceAt(ticks) : null;
    }

    /// <summary>Of continuous trading, without jumps that nothing confirmed: what a rule would have seen.</summary>
    private long? Best(Source source, Contract contract, DateTimeOffset since, Side side)
    {
        long? best = null;
        var gate = new TickGate(SourceClock.Ticks, TickGateOptions.Default);
        var first = contract.Product.Sessions.DayOf(since);
        SessionWindow? window = null;
        foreach (var day in archive.Days(source.Name, contract.Symbol).Where(day => day.TradingDay >= first).OrderBy(day => day.TradingDay))
        {
            foreach (var stored in archive.Read(source.Name, contract.Symbol, day.TradingDay))
            {
                if (stored.OccurredAt < since || !gate.Examine(RawTick.Of(stored, day.PriceTick), contract, stored.OccurredAt, out var tick).Accepted) continue;
                if (window?.Covers(tick.OccurredAt) != true) window = calendar.WindowAt(contract, tick.OccurredAt, source.SessionsAlways);
                if (window.Phase != SessionPhase.Continuous) continue;
                if (best is null || (side == Side.Long ? tick.LastTicks > best : tick.LastTicks < best)) best = tick.LastTicks;
            }
        }

        return best;
    }

    private static Source? SourceOf(LockRule rule, EngineSnapshot snapshot) =>
        snapshot.Accounts.FirstOrDefault(account => account.Account.Id == rule.AccountId) is { } account ? snapshot.Sources.FirstOrDefault(view => view.Source.Name == account.Account.Source)?.Source : null;
}

using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>One account as the engine has it, in the form in which an engine is started: what a rehearsal begins with.</summary>
internal sealed class EngineCapture(AccountDesk accounts, MarketBook market, RuleBook rules, TriggerBook triggers, LockBook locks, OrderDesk orders, HeldDesk held)
{
    public Outcome<RehearsalBooks> Take(AccountId id, DateTimeOffset now)
    {
        if (accounts.Find(id) is not { } account) return Outcome<RehearsalBooks>.Failure("account_id", "unknown_account", id);
        var clock = account.Source.Now(now);
        var slots = rules.All.Where(slot => slot.Account == account).OrderBy(slot => slot.Sequence).ToList();
        var state = new RecoveredState
        {
            // Its feed is the clock there, and nothing it does reaches a venue that is not our own.
            Sources = [account.Source.Source with { Clock = SourceClock.Ticks }],
            Accounts = [account.Account with { Venue = VenueKind.Simulated }],
            Ledgers = [account.Ledger.Balances],
            Lots = [.. account.Ledger.Symbols.SelectMany(symbol => account.Ledger.Leg(symbol, Side.Long).Lots.Concat(account.Ledger.Leg(symbol, Side.Short).Lots))],
            Rules = [.. slots.Select((slot, i) => slot.Rule with { CreatedAt = DateTimeOffset.UnixEpoch.AddTicks(i) })],
            RuleStates = [.. slots.Select(RuleBook.StateWithBest)],
            Triggers = [.. triggers.Open.Where(trigger => trigger.AccountId == id)],
            Orders = [.. orders.Working.Where(order => order.AccountId == id && order.State is Orders.OrderState.Accepted or Orders.OrderState.PartiallyFilled)],
            HeldOrders = [.. held.WaitingOf(id)],
            Limits = account.Limits?.Rows ?? [],
            Locks = [.. locks.Held.Where(one => one.AccountId == id), .. account.Ledger.Symbols.Select(symbol => locks.Declined(id, symbol)).OfType<PositionLock>()],
        };
        var symbols = account.Ledger.Symbols.Concat(slots.Select(slot => slot.Rule.Symbol)).Concat(state.HeldOrders.Select(order => order.Order.Symbol)).Distinct();
        return Outcome<RehearsalBooks>.Success(new(state, id, [.. symbols.Select(account.Source.Find).OfType<SymbolLane>().Where(lane => lane.HasTick).Select(lane => Quote(account, lane, clock))]));
    }

    private RehearsalQuote Quote(AccountBook account, SymbolLane lane, DateTimeOffset clock) => new(
        lane.Contract, RawTick.Of(lane.Last, lane.Contract.PriceTick), market.NextTradable(lane, lane.Last.OccurredAt > clock ? lane.Last.OccurredAt : clock), account.Ledger.TermsOf(lane.Contract).PriceLimit);
}

using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Why a contract must be fed.</summary>
public enum SubscriptionReason { Position, Order, Lock, Rule, Alert, Main, Watched }

/// <summary>A contract that a feed must bring.</summary>
public sealed record Subscription(Symbol Symbol, IReadOnlyList<SubscriptionReason> Reasons);

/// <summary>What a source's feed has to bring: main and watched contracts, and, whatever the main contract is, every one with a leg, an order, a lock or an enabled rule.</summary>
public static class Subscriptions
{
    public static IReadOnlyList<Subscription> Of(EngineSnapshot snapshot, SourceName source, MainContracts mains, IEnumerable<WatchEntry> watched, Func<string, string, DateOnly> tradingDay)
    {
        var accounts = snapshot.Accounts.Where(a => a.Account.Source == source).ToList();
        var ids = accounts.Select(a => a.Account.Id).ToHashSet();
        var wanted = new List<(Symbol Symbol, SubscriptionReason Reason)>();
        Add(accounts.SelectMany(a => a.Positions).Where(p => !p.IsFlat).Select(p => p.Contract.Symbol), SubscriptionReason.Position);
        Add(snapshot.Orders.Where(o => ids.Contains(o.AccountId)).Select(o => o.Symbol), SubscriptionReason.Order);
        Add(snapshot.HeldOrders.Where(h => ids.Contains(h.Held.Order.AccountId) && h.Held.State == HeldState.Waiting).Select(h => h.Held.Order.Symbol), SubscriptionReason.Order);
        Add(snapshot.Locks.Where(l => ids.Contains(l.AccountId)).Select(l => l.Symbol), SubscriptionReason.Lock);
        Add(snapshot.Rules.Where(r => ids.Contains(r.Rule.AccountId) && r.Rule.IsEnabled).Select(r => r.Rule.Symbol), SubscriptionReason.Rule);
        Add(snapshot.Alerts.Where(a => a.Source == source && a.State != AlertState.Told).Select(a => a.Symbol), SubscriptionReason.Alert);
        Add(mains.All.Select(m => (m.Exchange, m.Product)).Distinct().Select(p => mains.On(p.Exchange, p.Product, tradingDay(p.Exchange, p.Product))?.Symbol).OfType<Symbol>(), SubscriptionReason.Main);
        Add(watched.Select(w => w.SymbolOn(tradingDay(w.Exchange, w.Code), mains)).OfType<Symbol>(), SubscriptionReason.Watched);
        return [.. wanted.GroupBy(w => w.Symbol).OrderBy(g => g.Key).Select(g => new Subscription(g.Key, [.. g.Select(w => w.Reason).Distinct().Order()]))];

        void Add(IEnumerable<Symbol> symbols, SubscriptionReason reason) => wanted.AddRange(symbols.Select(s => (s, reason)));
    }
}

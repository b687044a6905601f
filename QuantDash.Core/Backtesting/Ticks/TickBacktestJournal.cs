using QuantDash.Core.Engine;
using QuantDash.Core.Hosting;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;

namespace QuantDash.Core.Backtesting.Ticks;

/// <summary>Keeps the records that a result is made of.</summary>
internal sealed class TickBacktestJournal() : InMemoryJournal(0x7469636b)
{
    private readonly Dictionary<ClientOrderId, Order> _orders = [];
    private readonly Dictionary<Guid, LockTrigger> _triggers = [];
    private readonly Dictionary<Guid, StrategySignal> _signals = [];
    private readonly List<Trade> _trades = [];
    private readonly List<AccountSettlement> _settlements = [];

    // In the order in which they came to be: a dictionary that nothing is removed from keeps it.
    public IReadOnlyList<Order> Orders => [.. _orders.Values];
    public IReadOnlyList<LockTrigger> Triggers => [.. _triggers.Values];
    public IReadOnlyList<StrategySignal> Signals => [.. _signals.Values];
    public IReadOnlyList<Trade> Trades => _trades;
    public IReadOnlyList<AccountSettlement> Settlements => _settlements;

    protected override void Keep(JournalChange change)
    {
        switch (change)
        {
            case JournalChange.OrderSaved saved: _orders[saved.Order.Id] = saved.Order; break;
            case JournalChange.TriggerSaved saved: _triggers[saved.Trigger.Id] = saved.Trigger; break;
            case JournalChange.StrategySignalSaved saved: _signals[saved.Signal.Id] = saved.Signal; break;
            case JournalChange.FillAdded added: _trades.Add(new(added.Fill, added.Accounting)); break;
            case JournalChange.SettlementSaved saved: _settlements.Add(saved.Settlement); break;
            default: break; // Everything else follows from these.
        }
    }
}

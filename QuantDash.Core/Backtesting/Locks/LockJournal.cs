using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;

namespace QuantDash.Core.Backtesting.Locks;

/// <summary>Keeps what a lock backtest tells for as long as it runs.</summary>
internal sealed class LockJournal() : InMemoryJournal(0x6c6f636b)
{
    private readonly Dictionary<Guid, LockTrigger> _triggers = [];
    private readonly Dictionary<Guid, LockExecution> _executions = [];
    private readonly Dictionary<ClientOrderId, Order> _orders = [];
    private readonly Dictionary<Guid, PositionLock> _locks = [];
    private readonly Dictionary<Guid, LockTrigger> _waiting = [];
    private readonly List<Trade> _trades = [];

    /// <summary>In the order in which they fired.</summary>
    public IReadOnlyCollection<LockTrigger> Triggers => _triggers.Values;
    public IReadOnlyCollection<Order> Orders => _orders.Values;
    public IReadOnlyCollection<PositionLock> Locks => _locks.Values;
    public IReadOnlyList<Trade> Trades => _trades;

    /// <summary>Those that ask for a click.</summary>
    public IReadOnlyCollection<LockTrigger> Waiting => _waiting.Values;

    public LockExecution? ExecutionOf(Guid trigger) => _executions.GetValueOrDefault(trigger);

    /// <summary>Nobody answers it any more.</summary>
    public void Leave(Guid trigger) => _waiting.Remove(trigger);

    protected override void Keep(JournalChange change)
    {
        switch (change)
        {
            case JournalChange.TriggerSaved { Trigger: var trigger }:
                _triggers[trigger.Id] = trigger;
                if (trigger.Status == TriggerStatus.WaitingConfirm) _waiting[trigger.Id] = trigger;
                else _waiting.Remove(trigger.Id);
                break;
            case JournalChange.ExecutionSaved { Execution: var execution }:
                _executions[execution.TriggerId] = execution;
                break;
            case JournalChange.OrderSaved { Order: var order }:
                _orders[order.Id] = order;
                break;
            case JournalChange.LockSaved { Lock: var held }:
                _locks[held.Id] = held;
                break;
            case JournalChange.FillAdded { Fill: var fill, Accounting: var accounting }:
                _trades.Add(new(fill, accounting));
                break;
        }
    }
}

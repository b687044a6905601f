using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;

namespace QuantDash.Core.Backtesting.Locks;

/// <summary>Durable at once, and kept in memory for as long as the backtest runs.</summary>
internal sealed class LockJournal : IJournal, IIdentitySource
{
    private readonly Dictionary<Guid, LockTrigger> _triggers = [];
    private readonly Dictionary<Guid, LockExecution> _executions = [];
    private readonly Dictionary<ClientOrderId, Order> _orders = [];
    private readonly Dictionary<Guid, PositionLock> _locks = [];
    private readonly Dictionary<Guid, LockTrigger> _waiting = [];
    private readonly List<Trade> _trades = [];
    private int _ids;
    private long _last;
    private long _told;

    public event Action<long>? Committed;

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

    public Guid Next() => new(++_ids, 0x6c6f, 0x636b, new byte[8]);

    public void Append(JournalBatch batch)
    {
        foreach (var change in batch.Changes) Take(change);
        _last = batch.Sequence;
        Committed?.Invoke(_last);
    }

    /// <summary>Says that everything is durable, until nothing new is written; true: something had been.</summary>
    public bool Commit(TradingEngine engine)
    {
        var wrote = _last > _told;
        while (_last > _told)
        {
            _told = _last;
            engine.OnCommitted(_told);
        }
        return wrote;
    }

    private void Take(JournalChange change)
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

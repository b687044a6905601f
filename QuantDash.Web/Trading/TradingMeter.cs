using System.Diagnostics.Metrics;
using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;

namespace QuantDash.Web.Trading;

/// <summary>Measures what the trading thread decides. Works when something was decided, never for a tick as such: ticks are counted by the engine and read when somebody asks.</summary>
public sealed class TradingMeter
{
    private static readonly InstrumentAdvice<double> Quick = new()
    {
        HistogramBucketBoundaries = [0.00001, 0.000025, 0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    };

    private readonly TimeProvider _clock;
    private readonly FiringTracer? _tracer;
    private readonly Histogram<double> _toDecision;
    private readonly Histogram<double> _toOrder;
    private readonly Counter<long> _fired;
    private readonly Counter<long> _triggers;
    private readonly Counter<long> _orders;
    private readonly Counter<long> _fills;
    private readonly List<Intent> _unsent = [];

    internal TradingMeter(Meter meter, TimeProvider clock, FiringTracer? tracer = null)
    {
        (_clock, _tracer) = (clock, tracer);
        _toDecision = meter.CreateHistogram("quantdash.tick.to.decision", "s", "From the arrival of a tick to the firing it decided, by the account's clock.", tags: null, Quick);
        _toOrder = meter.CreateHistogram("quantdash.tick.to.order", "s", "From the arrival of a tick to handing its order, durably intended, to the venue.", tags: null, Quick);
        _fired = meter.CreateCounter<long>("quantdash.rules.fired", null, "Conditions that held and made a trigger, by condition.");
        _triggers = meter.CreateCounter<long>("quantdash.triggers", null, "Triggers that came into a status, by status.");
        _orders = meter.CreateCounter<long>("quantdash.orders", null, "Orders that came into a state, as written down, by state.");
        _fills = meter.CreateCounter<long>("quantdash.fills", null, "Fills that were booked.");
        foreach (var kind in Enum.GetValues<ConditionKind>()) _fired.Add(0, Label("condition", kind));
        foreach (var status in Enum.GetValues<TriggerStatus>()) _triggers.Add(0, Label("status", status));
        foreach (var state in Enum.GetValues<OrderState>()) _orders.Add(0, Label("state", state));
        _fills.Add(0);
    }

    /// <summary>Arrival of the tick that the engine works on; null while it works on anything else.</summary>
    internal long? TickReceivedAt { get; set; }

    /// <summary>One step of the engine, as it is handed to the journal.</summary>
    /// <param name="batch">What the step changed.</param>
    /// <param name="isReplay">Whether a feed is the clock of an account: a replay's waiting is no latency.</param>
    internal void Take(JournalBatch batch, Func<AccountId, bool> isReplay)
    {
        foreach (var change in batch.Changes)
        {
            switch (change)
            {
                case JournalChange.TriggerSaved saved:
                    Take(saved, isReplay);
                    break;
                case JournalChange.OrderSaved saved:
                    Take(saved, batch.Sequence);
                    break;
                case JournalChange.FillAdded:
                    _fills.Add(1);
                    break;
                default:
                    break;
            }
        }

        _tracer?.Take(batch, TickReceivedAt);
    }

    /// <summary>Whatever was intended up to <paramref name="committed"/> has gone to its venue.</summary>
    internal void Sent(long committed)
    {
        _tracer?.Sent(committed);
        if (_unsent.Count == 0) return;
        foreach (var intent in _unsent)
            if (intent.Sequence <= committed) _toOrder.Record(Since(intent.ReceivedAt), Clock(intent.Replay));
        _unsent.RemoveAll(intent => intent.Sequence <= committed);
    }

    /// <summary>The engine is made anew: what was under way is not measured to its end.</summary>
    internal void Forget()
    {
        TickReceivedAt = null;
        _unsent.Clear();
        _tracer?.Forget();
    }

    private void Take(JournalChange.TriggerSaved saved, Func<AccountId, bool> isReplay)
    {
        if (saved.Before?.Status != saved.Trigger.Status) _triggers.Add(1, Label("status", saved.Trigger.Status));
        if (saved.Before is not null) return;
        _fired.Add(1, Label("condition", saved.Trigger.Condition));
        if (TickReceivedAt is { } received) _toDecision.Record(Since(received), Clock(isReplay(saved.Trigger.AccountId)));
    }

    private void Take(JournalChange.OrderSaved saved, long sequence)
    {
        var order = saved.Order;
        if (saved.Before?.State != order.State) _orders.Add(1, Label("state", order.State));
        if (saved.Before is null && order.State == OrderState.Intended && TickReceivedAt is { } received) _unsent.Add(new(sequence, order.Id, received, order.Replay));
        else if (saved.Before is { State: OrderState.Intended } && order.State == OrderState.Cancelled) _unsent.RemoveAll(intent => intent.Id == order.Id);
    }

    private double Since(long timestamp) => _clock.GetElapsedTime(timestamp).TotalSeconds;

    private static KeyValuePair<string, object?> Clock(bool replay) => new("clock", replay ? "ticks" : "wall");

    private static KeyValuePair<string, object?> Label<T>(string name, T value)
        where T : struct, Enum => new(name, WireNames<T>.Of(value));

    private readonly record struct Intent(long Sequence, ClientOrderId Id, long ReceivedAt, bool Replay);
}

using System.Diagnostics;
using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;

namespace QuantDash.Web.Trading;

/// <summary>One trace for one firing, from the arrival of its tick to its end: what was decided, what waited for the disk, each order and its fills. Made of what the step tells the
/// journal, on the trading thread, and only while somebody listens: else nothing is looked at and nothing allocated.</summary>
internal sealed class FiringTracer(TimeProvider clock, string name) : IDisposable
{
    public const string SourceName = "QuantDash";

    // A firing waits for a click at most until its session ends; more of them at once than this is a storm that nobody reads trace by trace.
    private const int MostAtOnce = 1000;
    private readonly ActivitySource _source = new(name);
    private readonly Dictionary<Guid, Activity> _firings = [];
    private readonly Dictionary<ClientOrderId, Activity> _orders = [];
    private readonly List<(long Sequence, Activity Commit)> _commits = [];

    public FiringTracer(TimeProvider clock)
        : this(clock, SourceName)
    {
    }

    /// <param name="batch">One step of the engine, as it is handed to the journal.</param>
    /// <param name="receivedAt">Arrival of the tick that it works on, as a timestamp of the clock; null while it works on anything else.</param>
    public void Take(JournalBatch batch, long? receivedAt)
    {
        if (!_source.HasListeners()) return;

        // A step tells of an order before its trigger, or after; and of a trigger's end before its last fill, or after.
        foreach (var change in batch.Changes)
            if (change is JournalChange.TriggerSaved { Before: null } fired) Begin(fired.Trigger, receivedAt);
        foreach (var change in batch.Changes)
        {
            switch (change)
            {
                case JournalChange.OrderSaved { Before: null } given:
                    Give(given.Order, batch.Sequence);
                    break;
                case JournalChange.OrderSaved changed:
                    Follow(changed.Order);
                    break;
                case JournalChange.FillAdded { Fill: { OrderId: { } id } fill } when _orders.TryGetValue(id, out var order):
                    order.AddEvent(new("fill", clock.GetUtcNow(), new() { ["quantdash.trade_id"] = fill.TradeId, ["quantdash.price"] = fill.Price.ToString(), ["quantdash.volume"] = fill.Volume.ToString() }));
                    break;
                default:
                    break;
            }
        }

        foreach (var change in batch.Changes)
            if (change is JournalChange.TriggerSaved { Trigger: { IsOpen: false } ended } && _firings.Remove(ended.Id, out var firing)) End(firing, ended);
    }

    /// <summary>Whatever was intended up to <paramref name="committed"/> is durable and has gone to its venue.</summary>
    public void Sent(long committed)
    {
        for (var i = _commits.Count - 1; i >= 0; i--)
        {
            if (_commits[i].Sequence > committed) continue;
            Stop(_commits[i].Commit);
            _commits.RemoveAt(i);
        }
    }

    /// <summary>The engine is made anew: what was under way is not followed to its end.</summary>
    public void Forget()
    {
        foreach (var span in _firings.Values.Concat(_orders.Values).Concat(_commits.Select(one => one.Commit))) Stop(span.SetStatus(ActivityStatusCode.Error, "the engine was rebuilt"));
        _firings.Clear();
        _orders.Clear();
        _commits.Clear();
    }

    public void Dispose()
    {
        Forget();
        _source.Dispose();
    }

    private void Begin(LockTrigger trigger, long? receivedAt)
    {
        if (_firings.Count >= MostAtOnce) return;
        var now = clock.GetUtcNow();
        var since = receivedAt is { } received ? now - clock.GetElapsedTime(received) : now;
        if (Start("firing", null, since) is not { } firing) return;
        firing.SetTag("quantdash.trigger_id", trigger.Id.ToString()).SetTag("quantdash.rule_id", trigger.ConfigId.ToString()).SetTag("quantdash.symbol", trigger.Symbol.ToString())
            .SetTag("quantdash.condition", trigger.TriggerCondition).SetTag("quantdash.direction", WireNames<Side>.Of(trigger.Direction));
        _firings[trigger.Id] = firing;
        if (Start("decide", firing, since) is { } decided) Stop(decided);
    }

    private void Give(Order order, long sequence)
    {
        if (order.TriggerId is not { } id || !_firings.TryGetValue(id, out var firing) || Start("order", firing, clock.GetUtcNow()) is not { } span) return;
        span.SetTag("quantdash.client_order_id", order.Id.Value).SetTag("quantdash.side", WireNames<OrderSide>.Of(order.Side)).SetTag("quantdash.volume", order.Volume.ToString());
        _orders[order.Id] = span;
        if (Start("commit", span, clock.GetUtcNow()) is { } commit) _commits.Add((sequence, commit));
        Follow(order);
    }

    private void Follow(Order order)
    {
        if (!_orders.TryGetValue(order.Id, out var span)) return;
        span.AddEvent(new(WireNames<OrderState>.Of(order.State), clock.GetUtcNow()));
        if (!order.IsFinal) return;
        _orders.Remove(order.Id);
        Stop(order.State == OrderState.Rejected ? span.SetStatus(ActivityStatusCode.Error, order.Reason) : span);
    }

    private void End(Activity firing, LockTrigger trigger)
    {
        firing.SetTag("quantdash.execution_status", WireNames<TriggerStatus>.Of(trigger.Status)).SetTag("quantdash.filled_volume", trigger.FilledVolume.ToString());
        Stop(trigger.Status == TriggerStatus.Failed ? firing.SetStatus(ActivityStatusCode.Error, trigger.ErrorMessage) : firing);
    }

    /// <summary>Never the thread's current one: the next tick is no child of this.</summary>
    private Activity? Start(string name, Activity? parent, DateTimeOffset at)
    {
        var before = Activity.Current;
        Activity.Current = null;
        var made = _source.StartActivity(name, ActivityKind.Internal, parent?.Context ?? default, startTime: at);
        Activity.Current = before;
        return made;
    }

    private void Stop(Activity span)
    {
        span.SetEndTime(clock.GetUtcNow().UtcDateTime);
        span.Stop();
    }
}

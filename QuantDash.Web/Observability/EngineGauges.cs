using System.Diagnostics.Metrics;
using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Orders;
using QuantDash.Web.Api;
using QuantDash.Web.Configuration;
using QuantDash.Web.Live;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Observability;

/// <summary>What the engine's latest snapshot says, read when somebody asks: the trading thread does nothing for it.</summary>
internal sealed class EngineGauges(IMeterFactory meters, TradingRuntime runtime, TickTap tap, TimeProvider clock) : IHostedService
{
    private EngineSnapshot Now => runtime.Snapshots.Current;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var meter = meters.QuantDash();
        Ticks(meter);
        Trading(meter);
        Thread(meter);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Ticks(Meter meter)
    {
        meter.CreateObservableCounter("quantdash.ticks.accepted", () => Now.Sources.Select(s => new Measurement<long>(s.Accepted, Source(s))), null, "Ticks that were let in, by source.");
        meter.CreateObservableCounter("quantdash.ticks.rejected", () => Now.Sources.SelectMany(Rejected), null, "Ticks that were refused, by source and reason.");
        meter.CreateObservableGauge(
            "quantdash.feed.age", FeedAges, "s", "Time since the latest tick of a source was let in; missing before the first, and where the feed is the clock.");
        meter.CreateObservableGauge(
            "quantdash.quotes.stale", () => Now.Sources.Select(s => new Measurement<long>(Now.Quotes.Count(q => q.Source == s.Source.Name && q.Health == QuoteHealth.Stale), Source(s))),
            null, "Symbols whose feed went silent while their session runs, by source.");
        meter.CreateObservableGauge(
            "quantdash.tick.queue.depth", () => runtime.TicksWaiting.Select(w => new Measurement<long>(w.Value, Source(w.Key.Value))), null, "Batches of ticks that wait for the engine, by source.");
        meter.CreateObservableCounter("quantdash.ticks.unrecorded", () => tap.LeftOut, null, "Ticks that were decided on but reached neither file nor chart.");
    }

    private void Trading(Meter meter)
    {
        meter.CreateObservableGauge("quantdash.orders.open", () => Each(o => Now.Orders.Count(order => order.State == o), OpenStates, "state"), null, "Orders that are not final, by state.");
        meter.CreateObservableGauge("quantdash.orders.unknown", () => Now.Orders.Count(o => o.State == OrderState.Unknown), null, "Orders of which nobody knows what became of them.");
        meter.CreateObservableGauge("quantdash.triggers.open", () => Each(t => Now.Triggers.Count(trigger => trigger.Status == t), OpenStatuses, "status"), null, "Triggers that still hold volume, by status.");
        meter.CreateObservableGauge("quantdash.rules", () => Each(a => Now.Rules.Count(rule => rule.State.State == a), Enum.GetValues<ArmState>(), "state"), null, "Rules by state.");
        meter.CreateObservableGauge("quantdash.rules.armed", () => Now.Rules.Count(r => r.State.State == ArmState.Armed), null, "Rules that are watched on every tick.");
        meter.CreateObservableGauge("quantdash.locks.active", () => Now.Locks.Count(l => l.Status == LockStatus.Active), null, "Locks whose two sides are whole.");
        meter.CreateObservableGauge("quantdash.locks.broken", () => Now.Locks.Count(l => l.Status == LockStatus.Broken), null, "Locks of which one side has less than the other.");
        meter.CreateObservableGauge(
            "quantdash.bridges.missing", () => Now.OpenAccounts.Count(a => a.Bridge is not null && !a.LinkUp), null, "Accounts whose trading program is not heard.");
    }

    private void Thread(Meter meter)
    {
        meter.CreateObservableGauge("quantdash.engine.recovered", () => Now.Recovered ? 1 : 0, null, "1 once local state is recovered.");
        meter.CreateObservableCounter("quantdash.engine.rebuilds", () => runtime.Rebuilt.Count, null, "Times the engine was rebuilt after a broken invariant.");
        meter.CreateObservableGauge("quantdash.trading.turn.age", () => runtime.SinceLastTurn.TotalSeconds, "s", "Time since the trading thread last took a turn; it takes ten a second at least.");
        meter.CreateObservableGauge("quantdash.command.queue.depth", () => runtime.CommandsWaiting, null, "Commands that wait for the engine.");
    }

    private IEnumerable<Measurement<double>> FeedAges()
    {
        var now = clock.GetUtcNow();
        foreach (var source in Now.Sources)
            if (source is { Source.Clock: SourceClock.Wall, LastTickAt: { } at }) yield return new((now - at).TotalSeconds, Source(source));
    }

    private static IReadOnlyList<OrderState> OpenStates { get; } =
        [OrderState.Intended, OrderState.Submitting, OrderState.Accepted, OrderState.PartiallyFilled, OrderState.Cancelling, OrderState.Unknown];

    private static IReadOnlyList<TriggerStatus> OpenStatuses { get; } = [TriggerStatus.Pending, TriggerStatus.WaitingConfirm, TriggerStatus.Executing];

    private static IEnumerable<Measurement<long>> Rejected(SourceView source) =>
        source.Rejected.Select(r => new Measurement<long>(r.Value, Source(source), new("reason", WireNames<TickReject>.Of(r.Key))));

    private static IEnumerable<Measurement<long>> Each<T>(Func<T, int> count, IEnumerable<T> members, string label)
        where T : struct, Enum => members.Select(m => new Measurement<long>(count(m), new KeyValuePair<string, object?>(label, WireNames<T>.Of(m))));

    private static KeyValuePair<string, object?> Source(SourceView source) => Source(source.Source.Name.Value);

    private static KeyValuePair<string, object?> Source(string name) => new("source", name);
}

using System.Diagnostics.Metrics;
using QuantDash.Core.Engine;
using QuantDash.Web.Configuration;
using QuantDash.Web.Live;

namespace QuantDash.Web.Observability;

/// <summary>Looks a few times a second whether feeds are live and pages connected, and adds up for how long.</summary>
internal sealed class UptimeWatch(IMeterFactory meters, FeedUptime feeds, ScreenUptime pages, OpenScreens screens, LiveState<EngineSnapshot> snapshots, TimeProvider clock) : IHostedService, IDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);

    // Of a machine that slept nobody knows how its feeds were.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private ITimer? _timer;
    private long _at;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var meter = meters.QuantDash();
        meter.CreateObservableCounter("quantdash.feed.session", () => feeds.All.Select(feed => Of(feed.Key.Value, feed.Value.Counted)), "s", "Time in which a contract of a source was in session, by source.");
        meter.CreateObservableCounter("quantdash.feed.live", () => feeds.All.Select(feed => Of(feed.Key.Value, feed.Value.Up)), "s", "Of that, the time in which the source told quotes that were not stale.");
        meter.CreateObservableCounter("quantdash.browser.open", () => pages.Share.Counted.TotalSeconds, "s", "Time that pages were open, all together.");
        meter.CreateObservableCounter("quantdash.browser.connected", () => pages.Share.Up.TotalSeconds, "s", "Of that, the time in which they were connected.");
        _at = clock.GetTimestamp();
        _timer = clock.CreateTimer(_ => Look(), null, Pace, Pace);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _timer?.Dispose();

    private void Look()
    {
        if (!_gate.TryEnter()) return;
        try
        {
            var passed = clock.GetElapsedTime(_at);
            _at = clock.GetTimestamp();
            if (passed > Longest) return;
            feeds.Count(snapshots.Current, passed);
            pages.Count(screens.Open, screens.Connected, passed);
        }
        finally
        {
            _gate.Exit();
        }
    }

    private static Measurement<double> Of(string source, TimeSpan time) => new(time.TotalSeconds, new KeyValuePair<string, object?>("source", source));
}

using System.Diagnostics;
using System.Diagnostics.Metrics;
using QuantDash.Core.Engine;
using QuantDash.Core.Notifications;
using QuantDash.Web.Api;
using QuantDash.Web.Configuration;

namespace QuantDash.Web.Observability;

/// <summary>How the process and what it is made of fare: journal, audit, backups, notifications, browsers.</summary>
internal sealed class ProcessGauges(IMeterFactory meters, IDurableJournal journal, INotificationHealth notifications, IBackups backups, OpenScreens screens, TimeProvider clock)
    : IHostedService
{
    /// <summary>Manifests are files: a scrape every second need not read them every second.</summary>
    private static readonly TimeSpan BackupPace = TimeSpan.FromSeconds(15);
    private DateTimeOffset? _backupAt;
    private DateTimeOffset _lookedAt = DateTimeOffset.MinValue;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var meter = meters.QuantDash();
        Journal(meter);
        meter.CreateObservableGauge("quantdash.notifications.waiting", () => notifications.Current.Waiting, null, "Messages that wait to be sent.");
        meter.CreateObservableGauge("quantdash.notifications.failing", () => notifications.Current.LastError is null ? 0 : 1, null, "1 while the latest attempt to send a message failed.");
        meter.CreateObservableGauge("quantdash.backup.age", () => Known(LatestBackup(), at => (clock.GetUtcNow() - at).TotalSeconds), "s", "Age of the latest backup; missing while there is none.");
        meter.CreateObservableGauge("quantdash.browser.circuits", () => screens.Connected, null, "Browser windows that are connected.");
        meter.CreateObservableGauge("quantdash.process.start.time", StartedAt, "s", "When this process started, in seconds since 1970.");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Journal(Meter meter)
    {
        meter.CreateObservableGauge("quantdash.journal.queue.depth", () => journal.Health.Depth, null, "Writes that wait to become durable.");
        meter.CreateObservableGauge(
            "quantdash.journal.oldest.age", () => journal.Health.OldestWaitingSince is { } since ? Math.Max(0, (clock.GetUtcNow() - since).TotalSeconds) : 0, "s",
            "How long the oldest of them waits; 0 when none does.");
        meter.CreateObservableGauge("quantdash.journal.state", States, null, "1 for the state that the journal is in, 0 for the others.");
        meter.CreateObservableCounter("quantdash.journal.sequence", () => journal.Health.CommittedSequence, null, "Steps of the engine that are durable.");
        meter.CreateObservableGauge("quantdash.audit.head.number", () => Known(journal.Health.AuditNumber, number => number), null, "Number of the last entry of the audit chain.");
    }

    private IEnumerable<Measurement<long>> States()
    {
        var now = journal.Health.State;
        return Enum.GetValues<JournalState>().Select(state => new Measurement<long>(state == now ? 1 : 0, new KeyValuePair<string, object?>("state", WireNames<JournalState>.Of(state))));
    }

    private DateTimeOffset? LatestBackup()
    {
        var now = clock.GetUtcNow();
        if (_backupAt is not null && now - _lookedAt < BackupPace) return _backupAt;
        (_lookedAt, _backupAt) = (now, backups.All() is [var latest, ..] ? latest.At : null);
        return _backupAt;
    }

    /// <summary>Unknown is not zero: it is not told.</summary>
    private static IEnumerable<Measurement<double>> Known<T>(T? value, Func<T, double> told)
        where T : struct
    {
        if (value is { } known) yield return new(told(known));
    }

    private static double StartedAt()
    {
        using var self = Process.GetCurrentProcess();
        return new DateTimeOffset(self.StartTime.ToUniversalTime()).ToUnixTimeMilliseconds() / 1000d;
    }
}

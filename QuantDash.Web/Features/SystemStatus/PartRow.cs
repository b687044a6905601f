using System.Globalization;
using Microsoft.Extensions.Localization;
using QuantDash.Core.Engine;
using QuantDash.Core.Notifications;
using QuantDash.Web.Jobs;
using QuantDash.Web.Ui;

namespace QuantDash.Web.Features.SystemStatus;

/// <summary>A part of the process, ready to draw.</summary>
/// <param name="Since">Its last sign of life.</param>
/// <param name="Loop">Its name for whoever stops or starts it; null where nobody may.</param>
public sealed record PartRow(string Name, Tone Tone, string State, string Detail, DateTimeOffset? Since, string? Loop = null, bool IsStopped = false)
{
    public static PartRow Engine(EngineSnapshot snapshot, IStringLocalizer<SystemText> text) => new(
        text["PartEngine"], snapshot.Recovered ? Tone.Good : Tone.Warn, text[snapshot.Recovered ? "StateRunning" : "StateRecovering"],
        Counted.Singular(text["EngineDetail", snapshot.Rules.Count, snapshot.Orders.Count]), snapshot.At);

    public static PartRow Journal(JournalHealth health, IStringLocalizer<SystemText> text) => new(
        text["PartJournal"],
        health.State switch { JournalState.Healthy => Tone.Good, JournalState.Retrying or JournalState.Fenced => Tone.Danger, _ => Tone.Weak },
        text["Journal" + health.State],
        health.LastError is { } error && health.State != JournalState.Healthy
            ? error
            : text["JournalDetail", health.CommittedSequence.ToString("N0", CultureInfo.CurrentCulture), health.Depth],
        health.OldestWaitingSince);

    /// <param name="leftOut">Ticks that reached neither file nor chart.</param>
    /// <param name="text">In the reader's language.</param>
    public static PartRow Recorder(long leftOut, IStringLocalizer<SystemText> text) => new(
        text["PartRecorder"], leftOut == 0 ? Tone.Good : Tone.Warn, text[leftOut == 0 ? "StateRunning" : "StateBehind"], text["RecorderDetail", leftOut], null);

    public static PartRow Notifications(NotificationHealth health, IStringLocalizer<SystemText> text) => !health.Configured
        ? new(text["PartNotifications"], Tone.Weak, text["StateOff"], text["NotificationsOff"], null)
        : new(
            text["PartNotifications"], health.LastError is null ? Tone.Good : Tone.Danger, text[health.LastError is null ? "StateRunning" : "StateFailing"],
            string.Join(" · ", [text["NotificationsDetail", health.Waiting].Value, .. health.LastError is { } error ? [error] : Array.Empty<string>()]), health.LastSentAt);

    /// <summary>What it works on, with how far that is.</summary>
    public static PartRow Compute(ComputeLanes lanes, IStringLocalizer<SystemText> text)
    {
        var turns = lanes.Lanes.Select(lane => lane.Turn).OfType<ComputeTurn>().ToList();
        var works = turns.Select(turn => $"{turn.Name} {Figures.Percent((decimal)turn.Progress, 0)}");
        return new(
            text["PartCompute"], turns.Count > 0 ? Tone.Good : Tone.Weak, text[turns.Count > 0 ? "StateRunning" : "StateIdle"],
            string.Join(" · ", [text["ComputeDetail", turns.Count, lanes.Lanes.Count, lanes.Waiting].Value, .. works]), null);
    }

    public static PartRow Service(ServiceStatus service, IStringLocalizer<SystemText> text) => new(
        text["Loop." + service.ServiceName] is { ResourceNotFound: false } name ? name.Value : service.ServiceName,
        service.State switch { "running" => Tone.Good, "failed" or "stalled" => Tone.Danger, _ => Tone.Weak },
        text["Service" + service.State] is { ResourceNotFound: false } known ? known.Value : service.State,
        service.LastError ?? text["ServiceDetail", service.Restarts], service.State == "off" ? null : service.LastHeartbeat,
        service.State == "off" ? null : service.ServiceName, service.State == "stopped");
}

using System.Globalization;
using Microsoft.Extensions.Localization;
using QuantDash.Web.Jobs;
using QuantDash.Web.Ui;

namespace QuantDash.Web.Features.Jobs;

/// <summary>Jobs in the reader's language. What has no text yet is called by its own name.</summary>
internal static class JobWords
{
    public static string Name(string job, IStringLocalizer<JobsText> text) => Known(text["Job." + job]) ?? job;

    public static string Word(string word, IStringLocalizer<JobsText> text) => Known(text["Word." + word]) ?? word;

    public static string Report(JobReport report, IStringLocalizer<JobsText> text) =>
        Known(text["Report." + report.Key, [.. report.Values]]) is { } known ? Counted.Singular(known) : string.Join(' ', report.Values.Prepend(report.Key));

    public static string Schedule(JobPlan plan, IStringLocalizer<JobsText> text) => plan.Schedule switch
    {
        JobSchedule.Interval { Time: { TotalMinutes: 1 } } => text["EveryMinute"],
        JobSchedule.Interval { Time: { TotalHours: < 1 } every } => text["EveryMinutes", every.TotalMinutes.ToString("0.##", CultureInfo.CurrentCulture)],
        JobSchedule.Interval { Time: { TotalHours: 1 } } => text["EveryHour"],
        JobSchedule.Interval { Time: { TotalHours: 24 } } => text["EveryDay"],
        JobSchedule.Interval every => text["EveryHours", every.Time.TotalHours.ToString("0.##", CultureInfo.CurrentCulture)],
        JobSchedule.Daily daily => text["DailyAt", daily.Utc.Add(ScreenTime.ExchangeOffset).ToString("HH:mm", CultureInfo.InvariantCulture)],
        _ => text["OnRequest"],
    };

    public static string Took(TimeSpan took) => took switch
    {
        { TotalSeconds: < 1 } => $"{took.TotalMilliseconds.ToString("0", CultureInfo.CurrentCulture)} ms",
        { TotalMinutes: < 1 } => $"{took.TotalSeconds.ToString("0.0", CultureInfo.CurrentCulture)} s",
        { TotalHours: < 1 } => took.ToString(@"m\:ss", CultureInfo.InvariantCulture),
        _ => took.ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture),
    };

    public static Tone ToneOf(JobOutcome outcome) => outcome switch
    {
        JobOutcome.Succeeded => Tone.Good,
        JobOutcome.Failed => Tone.Danger,
        JobOutcome.Cancelled => Tone.Warn,
        JobOutcome.Idle => Tone.Weak,
    };

    public static Tone ToneOf(JobState state) => state switch
    {
        JobState.Running => Tone.Good,
        JobState.Retrying => Tone.Danger,
        JobState.Waiting => Tone.Info,
        JobState.Paused => Tone.Warn,
        JobState.Planned or JobState.Idle => Tone.Weak,
    };

    private static string? Known(LocalizedString found) => found.ResourceNotFound ? null : found.Value;
}

using Microsoft.Extensions.Localization;
using QuantDash.Web.Jobs;
using QuantDash.Web.Ui;

namespace QuantDash.Web.Features.Data;

/// <summary>One kind of history with its last run.</summary>
/// <param name="Name">Of its job.</param>
/// <param name="LastAt">Null: it has not run yet.</param>
internal sealed record SyncKindRow(string Name, string? LastAt, string Result, Tone Tone, string NextAt)
{
    /// <param name="standing">Null: this process has no such job.</param>
    public static SyncKindRow Of(string name, JobStanding? standing, IStringLocalizer<DataText> text) => new(
        name,
        standing?.Last is { } last ? ScreenTime.DayAndTime(last.At) : null,
        standing?.Run is not null ? text["RunsNow"] : ResultOf(standing?.Last, text),
        standing?.Last?.Outcome == JobOutcome.Failed ? Tone.Danger : Tone.None,
        ScreenTime.DayAndTime(standing?.NextAt));

    private static string ResultOf(JobLast? last, IStringLocalizer<DataText> text) => last switch
    {
        null => Figures.Unknown,
        { Outcome: JobOutcome.Failed } => last.Error ?? Figures.Unknown,
        { Report: { Key: "built_bars" or "built_day_bars", Values: [var bars, var series] } } => Counted.Singular(text["Outcome_built", bars, series]),
        { Report: { Key: "synced_stocks", Values: [var stocks] } } => Counted.Singular(text["Outcome_stocks", stocks]),
        { Report: { Key: "synced_calendar", Values: [var markets] } } => markets,
        _ => text["Outcome_" + last.Outcome],
    };
}

using System.Globalization;
using Microsoft.Extensions.Localization;
using QuantDash.Core.Locking;
using QuantDash.Web.Ui;

namespace QuantDash.Web.Features.Locks;

/// <summary>How the lock report says things.</summary>
internal static class LockReportWords
{
    public static string Age(IStringLocalizer<LocksText> text, TimeSpan? age) => age switch
    {
        null => Figures.Unknown,
        { TotalMinutes: < 60 } of => text["ReportMinutes", Whole(of.TotalMinutes)],
        { TotalHours: < 48 } of => text["ReportHours", Whole(of.TotalHours)],
        { } of => text["ReportDays", Whole(of.TotalDays)],
    };

    public static Tone ToneOf(LockVerdict? verdict) => verdict switch
    {
        LockVerdict.Beat => Tone.Good,
        LockVerdict.Worse => Tone.Warn,
        _ => Tone.Weak,
    };

    private static string Whole(double number) => Math.Floor(number).ToString("0", CultureInfo.CurrentCulture);
}

using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using QuantDash.Web.Live;

namespace QuantDash.Web.Ui;

/// <summary>How long ago something was, counting by itself.</summary>
public sealed partial class Age
{
    private string _text = Figures.Unknown;

    [Parameter, EditorRequired] public DateTimeOffset? Since { get; set; }
    [Inject] public required UiClock Clock { get; init; }
    [Inject] public required TimeProvider Time { get; init; }
    [Inject] public required IStringLocalizer<UiText> Text { get; init; }

    protected override IAsyncEnumerable<ClockTick> Source(CancellationToken stop) => Clock.Ticks.WatchAsync(Paces.Ages, Time, stop);

    protected override void OnView(ClockTick view) => Count(view.Now);

    protected override void OnParametersSet() => Count(Clock.Ticks.Current.Now);

    private void Count(DateTimeOffset now) => _text = Since is { } since ? Say(now - since) : Figures.Unknown;

    private string Say(TimeSpan age)
    {
        var (key, value) = age switch
        {
            { TotalSeconds: < 1 } => ("AgeNow", 0),
            { TotalSeconds: < 60 } => ("AgeSeconds", (int)age.TotalSeconds),
            { TotalMinutes: < 60 } => ("AgeMinutes", (int)age.TotalMinutes),
            { TotalHours: < 48 } => ("AgeHours", (int)age.TotalHours),
            _ => ("AgeDays", (int)age.TotalDays),
        };
        return Text[key, value.ToString(CultureInfo.CurrentCulture)];
    }
}

using System.Globalization;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Primitives;
using QuantDash.Web.Problems;
using QuantDash.Web.Ui;

namespace QuantDash.Web.Features.Replay;

/// <summary>One replay with its controls.</summary>
public sealed partial class ReplayLine
{
    private TimeOnly? _seekTo;
    private string? _problem;

    [Parameter, EditorRequired] public required ReplayStatus Status { get; set; }
    [Parameter] public EventCallback OnChanged { get; set; }
    [Inject] public required ReplayService Replays { get; init; }

    private async Task StopAsync() => await Do(await Replays.StopAsync(Status.Id));

    private Task Do(Outcome<ReplayStatus> outcome)
    {
        _problem = outcome.Succeeded ? null : string.Join(' ', outcome.Problems.Select(p => ProblemSentences.Write(p, CultureInfo.CurrentUICulture)));
        return OnChanged.InvokeAsync();
    }

    // The time as the exchange's wall shows it, on the day the replay has reached; the evening of a night session is the day before.
    private Task Seek()
    {
        if (_seekTo is not { } time) return Task.CompletedTask;
        var from = (Status.Position ?? Status.Begin).ToOffset(ScreenTime.ExchangeOffset);
        var at = new DateTimeOffset(from.Date + time.ToTimeSpan(), ScreenTime.ExchangeOffset);
        return Do(Replays.Seek(Status.Id, at < from && at.AddDays(1) <= Status.End ? at.AddDays(1) : at));
    }

    private static Tone ToneOf(ReplayState state) => state switch
    {
        ReplayState.Playing => Tone.Info,
        ReplayState.Paused => Tone.Warn,
        ReplayState.Finished => Tone.Good,
        ReplayState.Stopped => Tone.Weak,
        ReplayState.Failed => Tone.Danger,
    };
}

using System.Globalization;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Primitives;
using QuantDash.Web.Live;
using QuantDash.Web.Problems;
using QuantDash.Web.Ui;

namespace QuantDash.Web.Features.Ticks;

/// <summary>Imports since the start, going on by themselves; leaving the page changes nothing about them.</summary>
public sealed partial class ImportsTable
{
    private int _finished = -1;

    /// <summary>One more has ended: what is stored may be more.</summary>
    [Parameter] public EventCallback OnFinished { get; set; }
    [Inject] public required TickImports Imports { get; init; }
    [Inject] public required TimeProvider Time { get; init; }

    protected override IAsyncEnumerable<IReadOnlyList<TickImportProgress>> Source(CancellationToken stop) => Imports.Board.WatchAsync(Paces.Progress, Time, stop);

    protected override void OnView(IReadOnlyList<TickImportProgress> view)
    {
        var finished = view.Count(i => i.IsOver);
        if (_finished >= 0 && finished != _finished) _ = OnFinished.InvokeAsync();
        _finished = finished;
    }

    private static Tone ToneOf(TickImportState state) => state switch
    {
        TickImportState.Queued => Tone.Weak,
        TickImportState.Running => Tone.Info,
        TickImportState.Imported => Tone.Good,
        TickImportState.Refused => Tone.Warn,
        TickImportState.Cancelled => Tone.Weak,
        TickImportState.Failed => Tone.Danger,
    };

    private static string Sentence(Problem problem) => ProblemSentences.Write(problem, CultureInfo.CurrentUICulture);
}

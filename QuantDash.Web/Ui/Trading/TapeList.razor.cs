using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using QuantDash.Core.Engine;
using QuantDash.Core.Primitives;
using QuantDash.Web.Live;

namespace QuantDash.Web.Ui.Trading;

/// <summary>The latest events, newest on top, going on by themselves.</summary>
public sealed partial class TapeList
{
    private readonly List<TapeLine> _lines = [];

    /// <summary>How many are kept on the screen.</summary>
    [Parameter] public int Most { get; set; } = 100;

    /// <summary>Only events of at least this severity.</summary>
    [Parameter] public TapeSeverity Least { get; set; }

    /// <summary>Only events whose symbol or sentence contains this text.</summary>
    [Parameter] public string Contains { get; set; } = "";
    [Inject] public required EventTape<TapeEvent> Tape { get; init; }
    [Inject] public required ITapeHistory History { get; init; }
    [Inject] public required TimeProvider Time { get; init; }
    [Inject] public required IStringLocalizer<TapeText> Text { get; init; }

    private IEnumerable<TapeLine> Shown => _lines.Where(IsWanted);

    protected override async IAsyncEnumerable<TapeSlice<TapeEvent>> Source([EnumeratorCancellation] CancellationToken stop)
    {
        // What happened before this page, restarts included, is in the database; what happens from here on comes over the tape.
        var since = Tape.LastNumber;
        var past = await History.EventsAsync(new(), new(null, Math.Min(Most, PageRequest.LongestPage)), stop);
        var items = past.Items.Where(e => e.Number <= since).OrderBy(e => e.Number).ToList();
        yield return new(items, since, 0);
        await foreach (var slice in Tape.WatchAsync(items.Count > 0 ? items[^1].Number : since, Paces.Tape, Time, stop)) yield return slice;
    }

    protected override void OnView(TapeSlice<TapeEvent> view)
    {
        foreach (var item in view.Items) _lines.Insert(0, TapeLine.From(item, Text));
        if (_lines.Count > Most) _lines.RemoveRange(Most, _lines.Count - Most);
    }

    private bool IsWanted(TapeLine line) =>
        (Least == TapeSeverity.Info || (Least == TapeSeverity.Danger ? line.Tone == Tone.Danger : line.Tone is Tone.Warn or Tone.Danger))
        && (Contains.Length == 0 || line.Symbol.Contains(Contains, StringComparison.OrdinalIgnoreCase) || line.Sentence.Contains(Contains, StringComparison.OrdinalIgnoreCase));
}

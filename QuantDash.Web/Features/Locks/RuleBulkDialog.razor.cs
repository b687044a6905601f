using Microsoft.AspNetCore.Components;
using QuantDash.Core.Engine;
using QuantDash.Web.Live;
using QuantDash.Web.Ui;

namespace QuantDash.Web.Features.Locks;

/// <summary>Switches rules on or off or deletes them: first in numbers what that means and which of them refuse, then the others together.</summary>
public sealed partial class RuleBulkDialog
{
    private IReadOnlyList<RuleBulkLine> _lines = [];
    private bool _busy;
    private bool _changed;

    [Parameter, EditorRequired] public RuleBulkAction Action { get; set; }

    /// <summary>Which rules.</summary>
    [Parameter, EditorRequired] public required IReadOnlyCollection<Guid> Rules { get; set; }
    [Parameter, EditorRequired] public EventCallback OnClose { get; set; }

    /// <summary>With the rules it was done with.</summary>
    [Parameter, EditorRequired] public EventCallback<IReadOnlyList<Guid>> OnDone { get; set; }
    [Inject] public required ILockDesk Desk { get; init; }
    [Inject] public required ScreenFeed Feed { get; init; }
    [Inject] public required TimeProvider Time { get; init; }

    private int Firing => _lines.Count(line => line.FiresNow is not null);

    private IEnumerable<string> Sums => _lines.GroupBy(line => line.Account).Select(of => Text.Count(
        $"Bulk{Action}Sum", of.Key, of.Count(), of.Count(l => l.IsArmed), of.Count(l => l.Open is not null), of.Count(l => l.Kind == RuleBulkKind.Refused), of.Count(l => l.Kind == RuleBulkKind.Already)));

    protected override Task OnInitializedAsync() => LookAsync();

    /// <summary>What it would do now. The engine has its say too, and writes nothing.</summary>
    private async Task LookAsync()
    {
        var lines = RuleBulkPlan.Of(Action, Rules, Feed.Current, Time.GetUtcNow());
        _lines = Marked(lines, await AskAsync([.. lines.Where(line => line.Kind == RuleBulkKind.Ready)], write: false));
    }

    private async Task RunAsync()
    {
        _busy = true;
        try
        {
            // Look once more: a rule may have fired, or somebody else may have changed it, since the numbers were shown.
            var shown = _lines;
            await LookAsync();
            _changed = shown.Count != _lines.Count || !shown.Zip(_lines).All(pair => pair.First.SaysTheSame(pair.Second));
            if (_changed) return;
            IReadOnlyList<RuleBulkLine> ready = [.. _lines.Where(line => line.Kind == RuleBulkKind.Ready)];
            var refused = await AskAsync(ready, write: true);
            _changed = refused.Count > 0;
            if (_changed) _lines = Marked(_lines, refused);
            else await OnDone.InvokeAsync([.. ready.Select(line => line.Rule.Id)]);
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task<IReadOnlyList<(RuleBulkLine Line, RuleRefused Refused)>> AskAsync(IReadOnlyList<RuleBulkLine> ready, bool write)
    {
        if (ready.Count == 0) return [];
        var now = Time.GetUtcNow();
        var refused = Action == RuleBulkAction.Delete
            ? await Desk.DeleteAllAsync([.. ready.Select(line => line.Rule)], write)
            : (await Desk.SaveAllAsync([.. ready.Select(line => new RuleEdit(line.After(now), line.Rule.UpdatedAt))], write)).Refused;
        return [.. refused.Select(r => (ready[r.Index], r))];
    }

    private static IReadOnlyList<RuleBulkLine> Marked(IReadOnlyList<RuleBulkLine> lines, IReadOnlyList<(RuleBulkLine Line, RuleRefused Refused)> refused)
    {
        var wrong = refused.ToLookup(r => r.Line.Rule.Id, r => r.Refused.Problem);
        return [.. lines.Select(line => wrong.Contains(line.Rule.Id) ? line with { FiresNow = null, Problems = [.. line.Problems, .. wrong[line.Rule.Id]] } : line)];
    }

    private int Of(RuleBulkKind kind) => _lines.Count(line => line.Kind == kind);

    private static Tone ToneOf(RuleBulkKind kind) => kind switch
    {
        RuleBulkKind.Ready => Tone.Good,
        RuleBulkKind.Refused => Tone.Danger,
        _ => Tone.None,
    };
}

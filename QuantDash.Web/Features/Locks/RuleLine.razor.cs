using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Web.Live;
using QuantDash.Web.Problems;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Locks;

public sealed partial class RuleLine
{
    private bool _busy;
    private bool _deleting;
    private string? _problem;

    [Parameter, EditorRequired] public required RuleRow Row { get; set; }
    [Parameter] public bool Selected { get; set; }
    [Parameter] public EventCallback<Guid> OnSelect { get; set; }
    [Parameter] public EventCallback<Guid> OnEdit { get; set; }
    [Parameter] public EventCallback<Guid> OnCopy { get; set; }
    [Inject] public required ILockDesk Desk { get; init; }
    [Inject] public required ScreenFeed Feed { get; init; }

    private string? Reason => Row.Why is not { } why ? null : Words["Why" + why] is { ResourceNotFound: false } known ? known.Value : why;

    private Task OpenOnEnterAsync(KeyboardEventArgs key) => key.Key == "Enter" ? OnSelect.InvokeAsync(Row.Id) : Task.CompletedTask;

    private async Task ToggleAsync()
    {
        if (Feed.Current.Rules.FirstOrDefault(r => r.Rule.Id == Row.Id)?.Rule is { } rule)
            await RunAsync(() => Desk.SaveAsync(rule with { IsEnabled = !rule.IsEnabled, DisabledReason = null }));
    }

    private async Task DeleteAsync()
    {
        if (await RunAsync(() => Desk.DeleteAsync(Row.Id))) _deleting = false;
    }

    private async Task<bool> RunAsync(Func<Task<Outcome<LockRule>>> work)
    {
        _busy = true;
        try
        {
            var outcome = await work();
            _problem = outcome.Succeeded ? null : string.Join(' ', outcome.Problems.Select(p => ProblemSentences.Write(p, CultureInfo.CurrentUICulture)));
            return outcome.Succeeded;
        }
        finally
        {
            _busy = false;
        }
    }
}

using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Web.Live;
using QuantDash.Web.Problems;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Locks;

/// <summary>One rule of the table. It is drawn again only when something of it is to look otherwise, not at every price of the others.</summary>
public sealed partial class RuleLine
{
    private bool _busy;
    private string? _problem;
    private (RuleRow Row, bool Selected, bool Ticked, bool Busy, string? Problem) _drawn;

    [Parameter, EditorRequired] public required RuleRow Row { get; set; }
    [Parameter] public bool Selected { get; set; }
    [Parameter] public bool Ticked { get; set; }
    [Parameter] public EventCallback<(Guid Rule, bool On)> OnTick { get; set; }
    [Parameter] public EventCallback<Guid> OnSelect { get; set; }
    [Parameter] public EventCallback<Guid> OnEdit { get; set; }
    [Parameter] public EventCallback<Guid> OnCopy { get; set; }
    [Parameter] public EventCallback<Guid> OnCopyToLegs { get; set; }
    [Parameter] public EventCallback<Guid> OnDelete { get; set; }

    /// <summary>A rule that would fire at once is not switched on without asking.</summary>
    [Parameter] public EventCallback<Guid> OnEnable { get; set; }
    [Inject] public required ILockDesk Desk { get; init; }
    [Inject] public required ScreenFeed Feed { get; init; }
    [Inject] public required TimeProvider Time { get; init; }

    private (RuleRow Row, bool Selected, bool Ticked, bool Busy, string? Problem) Shown => (Row, Selected, Ticked, _busy, _problem);

    private string? Reason => Row.Why is not { } why ? null : Words["Why" + why] is { ResourceNotFound: false } known ? known.Value : EngineSentence.InReadersLanguage(why);

    // The first drawing does not ask ShouldRender.
    protected override void OnInitialized() => _drawn = Shown;

    protected override bool ShouldRender()
    {
        if (_drawn == Shown) return false;
        _drawn = Shown;
        return true;
    }

    private Task OpenOnEnterAsync(KeyboardEventArgs key) => key.Key == "Enter" ? OnSelect.InvokeAsync(Row.Id) : Task.CompletedTask;

    private async Task ToggleAsync()
    {
        if (Feed.Current.Rules.FirstOrDefault(r => r.Rule.Id == Row.Id)?.Rule is not { } rule) return;
        var after = rule with { IsEnabled = !rule.IsEnabled, DisabledReason = null, UpdatedAt = Time.GetUtcNow() };
        if (Feed.Current.Accounts.FirstOrDefault(a => a.Account.Id == rule.AccountId) is { } account && FiresAtOnce.Check(after, Feed.Current, account) is not null) await OnEnable.InvokeAsync(rule.Id);
        else await RunAsync(() => Desk.SaveAsync(after));
    }

    private async Task RunAsync(Func<Task<Outcome<LockRule>>> work)
    {
        _busy = true;
        try
        {
            var outcome = await work();
            _problem = outcome.Succeeded ? null : string.Join(' ', outcome.Problems.Select(p => ProblemSentences.Write(p, CultureInfo.CurrentUICulture)));
        }
        finally
        {
            _busy = false;
        }
    }
}

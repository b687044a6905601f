using System.Globalization;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Engine;
using QuantDash.Core.Primitives;
using QuantDash.Web.Live;
using QuantDash.Web.Problems;

namespace QuantDash.Web.Features.Emergency;

/// <summary>紧急停止 by hand. A plain stop is one click more; to lock or to close, what would be sent is shown and must be ticked.</summary>
public sealed partial class EmergencyDialog
{
    private EmergencyThen _then;
    private EmergencyPlan? _plan;
    private IReadOnlyList<Problem> _problems = [];
    private string _reason = "";
    private int _accounts;
    private bool _all;
    private bool _sure;
    private bool _asking;
    private bool _busy;

    [Parameter, EditorRequired] public EventCallback OnClose { get; set; }
    [Inject] public required IEmergencyCounter Counter { get; init; }

    protected override TimeSpan Pace => Paces.Locks;

    private AccountId? Chosen => _all ? null : Account?.Account.Id;

    private bool CanStop => !_busy && (_then == EmergencyThen.None || (_sure && _plan is not null));

    private IEnumerable<string> Sentences => _problems.Select(problem => ProblemSentences.Write(problem, CultureInfo.CurrentUICulture));

    protected override void Build(EngineSnapshot snapshot, AccountView? account)
    {
        _accounts = snapshot.OpenAccounts.Count();
        Begin(AskAsync);
    }

    private async Task AskAsync()
    {
        if (_asking || _busy) return;
        _asking = true;
        try
        {
            var (account, then) = (Chosen, _then);
            var answer = await Counter.PreviewAsync(account, then);
            // Something else was chosen meanwhile: that is asked for with the next snapshot.
            if (account != Chosen || then != _then) return;
            Show(answer);
        }
        finally
        {
            _asking = false;
        }

        StateHasChanged();
    }

    // What was ticked is what stood there then.
    private void Show(Outcome<EmergencyPlan> answer)
    {
        if (!answer.Succeeded)
        {
            _problems = answer.Problems;
            return;
        }
        if (_plan?.Fingerprint != answer.Value.Fingerprint) _sure = false;
        _plan = answer.Value;
    }

    private void Choose(bool all, EmergencyThen then)
    {
        (_all, _then, _plan, _sure, _problems) = (all, then, null, false, []);
        Rebuild();
    }

    private async Task StopAsync()
    {
        if (_busy) return;
        _busy = true;
        try
        {
            var stopped = await Counter.StopAsync(new(Chosen, _then, _reason, _plan?.Fingerprint));
            _problems = stopped.Problems;
            if (stopped.Succeeded) await OnClose.InvokeAsync();
            else (_plan, _sure) = (null, false);
        }
        finally
        {
            _busy = false;
        }
    }
}

using System.Globalization;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Engine;
using QuantDash.Core.Primitives;
using QuantDash.Web.Live;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Emergency;

/// <summary>On every page while an account is stopped, with the way to go on.</summary>
public sealed partial class HaltBand
{
    private IReadOnlyList<HaltedAccount> _halted = [];
    private IReadOnlyList<Problem> _problems = [];
    private string _reason = "";
    private Reconfirm? _reconfirm;
    private bool _asking;
    private bool _busy;

    [Inject] public required IEmergencyCounter Counter { get; init; }

    protected override TimeSpan Pace => Paces.Funds;

    private IEnumerable<string> Sentences => _problems.Select(problem => ProblemSentences.Write(problem, CultureInfo.CurrentUICulture));

    protected override void Build(EngineSnapshot snapshot, AccountView? account) => _halted =
    [
        .. from view in snapshot.OpenAccounts
           where view.Account.Halt is not null
           orderby view.Account.Halt!.At
           select new HaltedAccount(view.Account.Id, view.Account.Name, view.Account.Halt!.At, EngineSentence.InReadersLanguage(view.Account.Halt.Reason)),
    ];

    /// <summary>Those that are named in the dialog, and no other that is stopped meanwhile.</summary>
    private async Task ResumeAsync()
    {
        _busy = true;
        try
        {
            var refused = new List<Problem>();
            foreach (var halted in _halted.ToList()) refused.AddRange((await Counter.ResumeAsync(halted.Id, _reason)).Problems);
            _problems = refused;
            if (refused.Count == 0) Close();
            StateHasChanged(); // Also when it was the question who it is that ran it.
        }
        finally
        {
            _busy = false;
        }
    }

    private void Close() => (_asking, _problems, _reason) = (false, [], "");

    private sealed record HaltedAccount(AccountId Id, string Name, DateTimeOffset At, string Reason);
}

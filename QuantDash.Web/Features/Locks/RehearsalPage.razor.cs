using System.Globalization;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Engine;
using QuantDash.Core.Primitives;
using QuantDash.Web.Live;
using QuantDash.Web.Problems;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Locks;

/// <summary>预演: what would become of the chosen account.</summary>
public sealed partial class RehearsalPage
{
    private static readonly string[] Fields = ["gap_percent", "margin_step_percent"];

    private decimal? _gap = RehearsalEndpoints.UsualGap;
    private decimal? _step = RehearsalEndpoints.UsualStep;
    private decimal _shownGap;
    private decimal _shownStep;
    private IReadOnlyList<RehearsalOutcome>? _outcomes;
    private IReadOnlyList<Problem> _problems = [];
    private AccountId? _of;
    private bool _busy;

    [Inject] public required IRehearsalDesk Desk { get; init; }

    protected override TimeSpan Pace => Paces.Locks;

    private string? Elsewhere => _problems.FirstOrDefault(problem => !Fields.Contains(problem.Field)) is { } problem ? ProblemSentences.Write(problem, CultureInfo.CurrentUICulture) : null;

    /// <summary>What was rehearsed of one account is nothing of another.</summary>
    protected override void Build(EngineSnapshot snapshot, AccountView? account)
    {
        if (_of == account?.Account.Id) return;
        _of = account?.Account.Id;
        _outcomes = null;
        _problems = [];
    }

    private int PlacesOf(Symbol symbol) => View?.ContractOf(symbol)?.Places() ?? 2;

    private string? SentenceFor(string field) => _problems.FirstOrDefault(problem => problem.Field == field) is { } problem ? ProblemSentences.Write(problem, CultureInfo.CurrentUICulture) : null;

    private async Task RunAsync()
    {
        if (_busy || Account is not { } account) return;
        _busy = true;
        try
        {
            (_shownGap, _shownStep) = (_gap ?? 0m, _step ?? 0m);
            var outcome = await Desk.RunAsync(new(account.Account.Id, new(_shownGap / 100m), new(_shownStep / 100m)));
            _outcomes = outcome.Succeeded ? outcome.Value : null;
            _problems = outcome.Problems;
        }
        finally
        {
            _busy = false;
        }
    }
}

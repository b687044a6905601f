using System.Globalization;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Primitives;
using QuantDash.Web.Problems;

namespace QuantDash.Web.Features.Accounts;

/// <summary>A person enters what one currency is worth in another, now.</summary>
public sealed partial class RateDialog
{
    private string? _from;
    private string? _to;
    private decimal? _rate;
    private bool _saving;
    private IReadOnlyList<Problem> _problems = [];

    [Parameter] public string? From { get; set; }
    [Parameter] public string? To { get; set; }
    [Parameter, EditorRequired] public EventCallback OnClose { get; set; }
    [Inject] public required IAccountDesk Desk { get; init; }
    [Inject] public required TimeProvider Clock { get; init; }

    protected override void OnInitialized() => (_from, _to) = (From, To);

    private string? SentenceFor(string field) =>
        _problems.FirstOrDefault(problem => problem.Field == field) is { } found ? ProblemSentences.Write(found, CultureInfo.CurrentUICulture) : null;

    private async Task SaveAsync()
    {
        if (_saving) return;
        var now = Clock.GetUtcNow();
        var checkedRate = RateTerms.Check(_from?.Trim().ToUpperInvariant(), _to?.Trim().ToUpperInvariant(), _rate, now, now);
        _problems = checkedRate.Problems;
        if (!checkedRate.Succeeded) return;
        _saving = true;
        try
        {
            await Desk.SaveRateAsync(checkedRate.Value);
            await OnClose.InvokeAsync();
        }
        finally
        {
            _saving = false;
        }
    }
}

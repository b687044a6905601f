using System.Globalization;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Primitives;
using QuantDash.Web.Problems;

namespace QuantDash.Web.Features.People;

/// <summary>Changes one's own password, and asks for it at once: every session has ended with the old one.</summary>
public sealed partial class PasswordForm
{
    private IReadOnlyList<Problem> _problems = [];
    private string _present = "";
    private string _chosen = "";
    private string _repeat = "";
    private bool _busy;

    [Parameter, EditorRequired] public required Guid Self { get; set; }
    [Inject] public required OwnAccount Own { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }

    private async Task ChangeAsync()
    {
        if (_busy) return;
        _busy = true;
        try
        {
            _problems = await Own.ChangePasswordAsync(Self, _present, _chosen, _repeat);
            (_present, _chosen, _repeat) = ("", "", "");
            if (_problems.Count == 0) Navigation.NavigateTo("/sign-in?return_url=/settings/security", forceLoad: true);
        }
        finally
        {
            _busy = false;
        }
    }

    private string? Error(string field) => _problems.FirstOrDefault(p => p.Field == field) is { } problem ? ProblemSentences.Write(problem, CultureInfo.CurrentUICulture) : null;
}

using System.Globalization;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Primitives;
using QuantDash.Web.Problems;

namespace QuantDash.Web.Features.Reconciliation;

/// <summary>Says what taking a difference over changes, and does it.</summary>
public sealed partial class AdoptDialog
{
    private bool _busy;
    private string? _problem;

    [Parameter, EditorRequired] public required AccountId Account { get; set; }
    [Parameter, EditorRequired] public required DifferenceRow Row { get; set; }
    [Parameter, EditorRequired] public EventCallback OnClose { get; set; }
    [Inject] public required IReconciliationCounter Counter { get; init; }

    private async Task AdoptAsync()
    {
        _busy = true;
        try
        {
            var adopted = await Counter.AdoptAsync(Account, Row.Key, Row.Venue);
            _problem = adopted.Succeeded ? null : string.Join(' ', adopted.Problems.Select(p => ProblemSentences.Write(p, CultureInfo.CurrentUICulture)));
            if (adopted.Succeeded) await OnClose.InvokeAsync();
        }
        finally
        {
            _busy = false;
        }
    }
}

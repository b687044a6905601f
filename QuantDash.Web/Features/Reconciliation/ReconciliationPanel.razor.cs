using System.Globalization;
using Microsoft.AspNetCore.Components;
using QuantDash.Web.Problems;

namespace QuantDash.Web.Features.Reconciliation;

/// <summary>One account against its venue.</summary>
public sealed partial class ReconciliationPanel
{
    private DifferenceRow? _adopting;
    private bool _asking;
    private string? _problem;

    [Parameter, EditorRequired] public required ReconciliationRow Row { get; set; }
    [Inject] public required IReconciliationCounter Counter { get; init; }

    private async Task AskAsync()
    {
        _asking = true;
        try
        {
            var asked = await Counter.AskAsync(Row.Id);
            _problem = asked.Succeeded ? null : string.Join(' ', asked.Problems.Select(p => ProblemSentences.Write(p, CultureInfo.CurrentUICulture)));
        }
        finally
        {
            _asking = false;
        }
    }
}

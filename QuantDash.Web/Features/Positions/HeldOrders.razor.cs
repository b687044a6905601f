using System.Globalization;
using Microsoft.AspNetCore.Components;
using QuantDash.Web.Problems;

namespace QuantDash.Web.Features.Positions;

/// <summary>Orders that we hold until their price is seen.</summary>
public sealed partial class HeldOrders
{
    private Guid? _cancelling;
    private string? _problem;

    [Parameter, EditorRequired] public required IReadOnlyList<HeldRow> Rows { get; set; }
    [Inject] public required IHeldCounter Counter { get; init; }

    private async Task CancelAsync(HeldRow row)
    {
        if (_cancelling == row.Id) return;
        _cancelling = row.Id;
        try
        {
            var outcome = await Counter.CancelAsync(row.Id);
            _problem = outcome.Succeeded ? null : string.Join(' ', outcome.Problems.Select(p => ProblemSentences.Write(p, CultureInfo.CurrentUICulture)));
        }
        finally
        {
            _cancelling = null;
        }
    }
}

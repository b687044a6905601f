using System.Globalization;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Orders;
using QuantDash.Web.Problems;

namespace QuantDash.Web.Features.Positions;

public sealed partial class WorkingOrders
{
    private ClientOrderId? _cancelling;
    private string? _problem;

    [Parameter, EditorRequired] public required IReadOnlyList<OrderRow> Rows { get; set; }
    [Inject] public required IOrderCounter Counter { get; init; }

    private async Task CancelAsync(OrderRow row)
    {
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

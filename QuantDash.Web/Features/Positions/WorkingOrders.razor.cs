using System.Globalization;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Orders;
using QuantDash.Web.Problems;

namespace QuantDash.Web.Features.Positions;

public sealed partial class WorkingOrders
{
    private ClientOrderId? _cancelling;
    private OrderRow? _changing;
    private string? _problem;
    private string? _told;

    [Parameter, EditorRequired] public required IReadOnlyList<OrderRow> Rows { get; set; }
    [Inject] public required IOrderCounter Counter { get; init; }

    private void Change(OrderRow row)
    {
        (_problem, _told) = (null, null);
        _changing = row;
    }

    private void Tell(string sentence)
    {
        _told = sentence;
        _changing = null;
    }

    private async Task CancelAsync(OrderRow row)
    {
        if (_cancelling == row.Id) return;
        _told = null;
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

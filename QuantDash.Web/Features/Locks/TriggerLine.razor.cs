using System.Globalization;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Web.Problems;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Locks;

public sealed partial class TriggerLine
{
    private bool _busy;
    private string? _problem;

    [Parameter, EditorRequired] public required TriggerRow Row { get; set; }
    [Inject] public required ILockDesk Desk { get; init; }

    private Task ExecuteAsync() => RunAsync(() => Desk.ConfirmAsync(Row.Id, Row.PriceNow is { } price ? new Price(price) : null, force: false));

    private Task CancelAsync() => RunAsync(() => Desk.CancelAsync(Row.Id));

    private async Task RunAsync(Func<Task<Outcome<LockTrigger>>> work)
    {
        _busy = true;
        try
        {
            var outcome = await work();
            _problem = outcome.Succeeded ? null : string.Join(' ', outcome.Problems.Select(p => ProblemSentences.Write(p, CultureInfo.CurrentUICulture)));
        }
        finally
        {
            _busy = false;
        }
    }
}

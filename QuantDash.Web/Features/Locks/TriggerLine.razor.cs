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
    private bool _asking;
    private bool _byHand;
    private string? _problem;

    [Parameter, EditorRequired] public required TriggerRow Row { get; set; }
    [Inject] public required ILockDesk Desk { get; init; }

    private bool Failed => Row.Status == TriggerStatus.Failed;

    // What has failed is asked about at the price of now; what waits was shown with it.
    private Task ExecuteAsync()
    {
        if (!Failed) return RunAsync(() => Desk.ConfirmAsync(Row.Id, Row.PriceNow is { } price ? new Price(price) : null, force: false));
        (_asking, _byHand) = (true, false);
        return Task.CompletedTask;
    }

    private Task CancelAsync() => RunAsync(() => Desk.CancelAsync(Row.Id));

    private async Task RunAsync(Func<Task<Outcome<LockTrigger>>> work)
    {
        if (_busy) return;
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

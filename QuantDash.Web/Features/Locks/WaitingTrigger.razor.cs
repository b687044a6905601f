using System.Globalization;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Problems;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Locks;

/// <summary>A firing that waits for one click. What is executed is what is shown: a price that moved on meanwhile is shown and asked again.</summary>
public sealed partial class WaitingTrigger
{
    private OrderPreview? _preview;
    private UnlockPreview? _unlock;
    private bool _asking;
    private bool _busy;
    private bool _moved;
    private string? _problem;
    private string? _whyNot;

    [Parameter, EditorRequired] public required TriggerRow Row { get; set; }
    [Inject] public required ILockDesk Desk { get; init; }

    private bool Unlocks => Row.Action == LockAction.Unlock;

    // A row is another object only when something on it changed, the price first of all: the consequences follow it.
    protected override async Task OnParametersSetAsync()
    {
        if (_asking) return;
        _asking = true;
        try
        {
            if (Unlocks)
            {
                var shown = await Desk.PreviewUnlockAsync(Row.Id);
                _unlock = shown.Succeeded ? shown.Value : null;
                _whyNot = Sentences(shown.Problems);
                return;
            }

            var answer = await Desk.PreviewAsync(new(Row.AccountId, Symbol.ParseCanonical(Row.Symbol), Row.Action == LockAction.Reduce ? OrderPurpose.Close : OrderPurpose.Lock, Row.Direction, new(Row.Volume), OrderType.Market, null));
            _preview = answer.Succeeded ? answer.Value : null;
            _whyNot = Sentences(answer.Problems);
        }
        finally
        {
            _asking = false;
        }
    }

    private static string? Sentences(IReadOnlyList<Problem> problems) => problems.Count == 0 ? null : string.Join(' ', problems.Select(p => ProblemSentences.Write(p, CultureInfo.CurrentUICulture)));

    private Task ConfirmAsync(bool force) => RunAsync(() => Desk.ConfirmAsync(Row.Id, Row.PriceNow is { } price ? new Price(price) : null, force));

    private Task SkipAsync() => RunAsync(() => Desk.CancelAsync(Row.Id));

    private async Task RunAsync(Func<Task<Outcome<LockTrigger>>> work)
    {
        if (_busy) return;
        _busy = true;
        try
        {
            var outcome = await work();
            _problem = Sentences(outcome.Problems);
            _moved = outcome.Problems.Any(p => p.Code == "price_moved");
        }
        finally
        {
            _busy = false;
        }
    }
}

using System.Globalization;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Hosting;
using QuantDash.Web.Problems;

namespace QuantDash.Web.Features.Strategies;

/// <summary>What will happen, before it does: orders that are cancelled, positions that are closed or left alone, and whether it is real money.</summary>
public sealed partial class StrategyConfirm
{
    private IReadOnlyList<string> _problems = [];
    private bool _busy;

    /// <summary>As it stands now: the numbers go on moving while the question stands.</summary>
    [Parameter, EditorRequired] public required StrategyCardView Card { get; set; }
    [Parameter, EditorRequired] public required StrategyDeed Deed { get; set; }

    /// <summary>True: it was done.</summary>
    [Parameter, EditorRequired] public EventCallback<bool> OnClose { get; set; }
    [Inject] public required IStrategyControls Controls { get; init; }

    private bool IsGrave => Deed is StrategyDeed.Flatten or StrategyDeed.Delete || (Deed == StrategyDeed.Start && Card.Instance.Mode == StrategyMode.Live);

    private string Sentence => Deed switch
    {
        StrategyDeed.Flatten when Card.Held.Count == 0 => Text["FlattenNothing"],
        StrategyDeed.Flatten when Card.Strategy.Run?.IsOn != true => Text["FlattenStopped"],
        _ => Text[Deed + "Text"],
    };

    private async Task DoAsync()
    {
        if (_busy) return;
        _busy = true;
        try
        {
            _problems = [.. (await Controls.DoAsync(Card.Id, Deed)).Select(problem => ProblemSentences.Write(problem, CultureInfo.CurrentUICulture))];
            if (_problems.Count == 0) await OnClose.InvokeAsync(true);
        }
        finally
        {
            _busy = false;
        }
    }
}

using Microsoft.AspNetCore.Components;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Strategies;

/// <summary>One strategy at a glance, and what can be done with it.</summary>
public sealed partial class StrategyCard
{
    private IReadOnlyList<decimal> _spark = [];

    [Parameter, EditorRequired] public required StrategyCardView Card { get; set; }
    [Parameter] public EventCallback<StrategyDeed> OnDeed { get; set; }
    [Parameter] public EventCallback OnChange { get; set; }

    /// <summary>Its name leads to its page.</summary>
    [Parameter] public bool Links { get; set; } = true;

    private string Reason => Card.Strategy.Run?.Reason is { } reason ? EngineSentence.InReadersLanguage(reason) : "";

    protected override void OnParametersSet() => _spark = [.. Card.Strategy.Equity.Select(point => point.Pnl)];
}

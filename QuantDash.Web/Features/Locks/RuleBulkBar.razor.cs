using Microsoft.AspNetCore.Components;
using QuantDash.Web.Ui;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Locks;

/// <summary>Filters the rules on the screen; says how many are ticked, and offers what can be done with those together.</summary>
public sealed partial class RuleBulkBar
{
    /// <summary>The rules that the filter leaves on the screen.</summary>
    [Parameter, EditorRequired] public required IReadOnlyList<RuleRow> Rows { get; set; }

    /// <summary>The rules that are ticked, whether the filter shows them or not.</summary>
    [Parameter, EditorRequired] public required IReadOnlyList<Guid> Ticked { get; set; }

    /// <summary>What was done last, in words; null: nothing to say.</summary>
    [Parameter] public string? Done { get; set; }
    [Parameter] public string? Filter { get; set; }
    [Parameter] public EventCallback<string?> FilterChanged { get; set; }
    [Parameter] public EventCallback<RuleBulkAction> OnBulk { get; set; }

    [Parameter] public EventCallback OnCopyToLegs { get; set; }

    /// <summary>Ticks or unticks all rules on the screen.</summary>
    [Parameter] public EventCallback<bool> OnTickShown { get; set; }
    [Parameter] public EventCallback OnUntick { get; set; }

    private bool AllShown => Rows.Count > 0 && Rows.All(row => Ticked.Contains(row.Id));

    private string TickedText
    {
        get
        {
            var hidden = Ticked.Count(id => Rows.All(row => row.Id != id));
            return hidden == 0 ? Text.Count("Ticked", Ticked.Count) : Text.Count("TickedHidden", Ticked.Count, hidden);
        }
    }
}

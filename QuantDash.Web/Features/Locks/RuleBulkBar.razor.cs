using Microsoft.AspNetCore.Components;
using QuantDash.Web.Live;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Locks;

/// <summary>Filters the rules on the screen and switches those that are left on or off.</summary>
public sealed partial class RuleBulkBar
{
    private bool _busy;
    private int _refused;

    /// <summary>The rules on the screen: those are switched.</summary>
    [Parameter, EditorRequired] public required IReadOnlyList<RuleRow> Rows { get; set; }
    [Parameter] public string? Filter { get; set; }
    [Parameter] public EventCallback<string?> FilterChanged { get; set; }
    [Inject] public required ILockDesk Desk { get; init; }
    [Inject] public required ScreenFeed Feed { get; init; }

    private async Task SwitchAsync(bool on)
    {
        _busy = true;
        try
        {
            _refused = 0;
            foreach (var id in Rows.Where(r => r.IsEnabled != on).Select(r => r.Id).ToList())
            {
                var rule = Feed.Current.Rules.FirstOrDefault(r => r.Rule.Id == id)?.Rule;
                if (rule is null || !(await Desk.SaveAsync(rule with { IsEnabled = on, DisabledReason = null })).Succeeded) _refused++;
            }
        }
        finally
        {
            _busy = false;
        }
    }
}

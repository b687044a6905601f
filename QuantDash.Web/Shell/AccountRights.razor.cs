using Microsoft.AspNetCore.Components;
using QuantDash.Core.Engine;
using QuantDash.Web.Live;
using QuantDash.Web.Ui;

namespace QuantDash.Web.Shell;

/// <summary>On the pages that trade with the chosen account nobody is shown a button to trade while that account is closed. The engine refuses it in any case.</summary>
public sealed partial class AccountRights
{
    private static readonly string[] Trading = ["", "positions", "orders", "lock", "protection"];
    private bool _closed;
    private bool _changed = true;

    [Parameter, EditorRequired] public required RenderFragment ChildContent { get; set; }
    [CascadingParameter] public Rights? Rights { get; set; }
    [Inject] public required NavigationManager Navigation { get; init; }

    protected override TimeSpan Pace => Paces.Funds;

    private Rights? Effective => _closed && Rights is { Trade: true } rights && Trading.Contains(Page, StringComparer.Ordinal) ? rights with { Trade = false } : Rights;

    private string Page => Navigation.ToBaseRelativePath(Navigation.Uri).Split('/', '?', '#')[0];

    protected override void Build(EngineSnapshot snapshot, AccountView? account)
    {
        var closed = account is { Account.IsClosed: true };
        (_closed, _changed) = (closed, _changed || closed != _closed);
    }

    protected override void OnParametersSet() => _changed = true;

    // The whole page is below: it is drawn again for this only when this changed.
    protected override bool ShouldRender()
    {
        var changed = _changed;
        _changed = false;
        return changed;
    }
}

using Microsoft.AspNetCore.Components;
using QuantDash.Core.Engine;
using QuantDash.Web.Live;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Orders;

/// <summary>Orders of every account whose outcome nobody knows: none may hide behind the choice in the top bar.</summary>
public sealed partial class UnknownTray
{
    private IReadOnlyList<UnknownOrderRow> _rows = [];
    private UnknownOrderRow? _settling;

    /// <summary>Nothing is drawn while there is none.</summary>
    [Parameter] public bool OnlyIfAny { get; set; }

    protected override TimeSpan Pace => Paces.Locks;

    protected override void Build(EngineSnapshot snapshot, AccountView? account) => _rows = UnknownOrderRow.List(snapshot, null, _rows);
}
